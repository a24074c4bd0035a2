import type { CommandOption } from './command-table.ts';

/** The choices of the mapping between WIT and JavaScript. */
export const MAPPING_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--results <form>',
    description:
      'thrown (default) for functions that throw the `err` of a result, or value for functions that return it',
  },
  { flags: '--flags <form>', description: 'object (default) for flags as an object of booleans, or bigint' },
  {
    flags: '--casing <form>',
    description: 'camel (default) for names in camel case, or wit for names as WIT has them',
  },
];
