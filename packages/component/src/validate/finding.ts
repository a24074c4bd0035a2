/** Something wrong with a component. */
export interface Finding {
  /** Stable and kebab-case. */
  readonly code: string;
  /** A warning concerns a feature that the specification still gates; the component is valid otherwise. */
  readonly severity: 'error' | 'warning';
  /** A sentence without a full stop. */
  readonly message: string;
  /** Of the definition, in the bytes given to `decode`. */
  readonly offset: number;
  /** The way to the definition from the outermost component: `['component 0', 'type 3']`. */
  readonly path: readonly string[];
}
