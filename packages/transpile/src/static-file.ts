/** A file of a static module. */
export interface StaticFile {
  /** Relative to the output directory. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Whether the file is for the user to edit: one that exists already must stay as it is. */
  readonly isYours?: boolean;
}
