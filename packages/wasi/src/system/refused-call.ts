import { Trap } from '@wit-ts/runtime';
import type { System } from './system.ts';

/**
 * Reports a refused call of a function that has no error in WIT: those of clocks and random numbers, and `exit`.
 *
 * @param name the full name of the interface
 * @param func the name of the function in WIT
 * @param grant what would allow it: `clocks: true`
 * @returns the trap that ends the program, which has no other way to learn of it
 */
export function refusedCall(system: Pick<System, 'refuse'>, name: string, func: string, grant: string): Trap {
  const reason = `it is not granted; \`${grant}\` in the grants would allow it`;
  system.refuse({ interface: name, function: func, asked: '', reason, flags: [] });
  return new Trap(`the program called \`${func}\` of \`${name}\`; ${reason}`);
}
