import type { EdgeHandlerImports } from './generated/edge-handler.ts';
import { ComponentError } from '@wit-ts/runtime';

/** What the host of the example gives every guest: the `processor` interface. */
export const imports: EdgeHandlerImports = {
  'example:service/processor': {
    processData(input, meta) {
      if (input === '') throw new ComponentError('Input cannot be empty');
      return `Processing ID ${meta.id}: ${input.toUpperCase()}`;
    },
  },
};
