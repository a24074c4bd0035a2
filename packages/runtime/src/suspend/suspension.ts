/** Which functions of a component wait that are synchronous in WIT. */
export interface Suspension {
  /** The imports of the plan that may return promises. */
  readonly imports: ReadonlySet<number>;
  /**
   * Returns whether an exported function that is synchronous in WIT returns a promise.
   *
   * @param name the function with its interface, as in messages
   * @param reaches whether the function can call one of the imports
   */
  isPromised(name: string, reaches: boolean): boolean;
}
