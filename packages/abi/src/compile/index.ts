import type { Engine } from '../engine.ts';

/** The engine that emits JavaScript specialised for a function type and its options. */
export const compileEngine: Engine = {
  lift: () => {
    throw new Error('the compiled engine is being written');
  },
  lower: () => {
    throw new Error('the compiled engine is being written');
  },
};
