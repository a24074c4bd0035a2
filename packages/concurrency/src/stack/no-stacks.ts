import type { CoreFunction } from '@wit-ts/abi';
import { suspension } from './platform.ts';
import type { StoreStacks } from './stacks.ts';

/** The stacks of a component that never suspends one: nothing in it can block inside a core function. */
export const noStacks = {
  lacksModules: false,
  isHeld: false,
  hasPaused: true,
  get isAvailable(): boolean {
    return suspension() !== undefined;
  },
  suspending: (plain: CoreFunction): CoreFunction => plain,
  afterStart(paused: () => void): void {
    paused();
  },
  end(): void {
    // No stack is suspended.
  },
} as unknown as StoreStacks;
