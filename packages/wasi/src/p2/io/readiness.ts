/** Something that a program can wait for. Pollables and streams wait through this. */
export interface Readiness {
  /** Never blocks. A failure counts as ready: the operation that follows reports it. */
  isReady(): boolean;
  /** Resolves when `isReady` may have become true. A rejection counts as ready. */
  whenReady(): Promise<unknown>;
  /** Blocks the thread until it is ready, at most for `milliseconds`; absent if only `whenReady` can wait. */
  readonly block?: ((milliseconds: number) => boolean) | undefined;
  /** The milliseconds until it is ready, if that is known: of a timer. */
  remaining?(): number;
  /** Nobody waits any more. */
  cancel?(): void;
}
