import type { EdgeHandlerImports } from './world.wit';

/** What the app gives to the component. */
export const appImports: EdgeHandlerImports = {
  'example:service/processor': {
    processData: (input, { id, tags }) => `${input.toUpperCase()} ${id} ${tags.length}`,
  },
};
