import { Trap } from '@wit-ts/abi';

/**
 * A trap on a stack of its own, before that stack was suspended. The platform tells the error only in a promise, some
 * microtasks after the component has to be ended.
 */
export class PendingTrap extends Trap {
  /** Resolves to the error of the platform. */
  readonly reason: Promise<unknown>;

  constructor(ended: Promise<unknown>) {
    super('a trap');
    this.reason = ended.then(
      () => this,
      (error: unknown) => error,
    );
  }
}
