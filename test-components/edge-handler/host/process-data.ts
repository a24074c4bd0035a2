import type { EdgeHandlerImports } from './generated/edge-handler.ts';
import { ComponentError } from '@wit-ts/runtime';

/** The host of the example: its implementation of the interface `processor`, which every guest imports. */
export const imports: EdgeHandlerImports = {
  'example:service/processor': {
    processData(input, meta) {
      if (input === '') throw new ComponentError('Input cannot be empty');
      return `Processing ID ${meta.id}: ${input.toUpperCase()}`;
    },
  },
};
