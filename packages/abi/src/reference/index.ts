import type { Engine } from '../engine.ts';

/** The engine that follows the specification heading by heading. */
export const referenceEngine: Engine = {
  lift: () => {
    throw new Error('the reference engine is being written');
  },
  lower: () => {
    throw new Error('the reference engine is being written');
  },
};
