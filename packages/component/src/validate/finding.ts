/** A fault of a component, or a warning. */
export interface Finding {
  /** Stable and kebab-case. */
  readonly code: string;
  /** A warning concerns a gated feature of the specification; the component is valid apart from that. */
  readonly severity: 'error' | 'warning';
  /** A sentence without a full stop. */
  readonly message: string;
  /** The offset of the definition in the bytes given to `decode`. */
  readonly offset: number;
  /** The path to the definition from the outermost component: `['component 0', 'type 3']`. */
  readonly path: readonly string[];
}
