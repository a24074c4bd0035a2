import type { CommandOption } from './command-table.ts';

/** The choices of the mapping between WIT and JavaScript. */
export const MAPPING_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--results <form>',
    description: 'thrown (default): functions throw the err of a result; value: they return the result',
  },
  { flags: '--flags <form>', description: 'flags as an object of booleans (default), or as a bigint' },
  { flags: '--casing <form>', description: 'names in camel case (camel, default), or as WIT has them (wit)' },
];
