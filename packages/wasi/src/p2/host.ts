import { Trap } from '@wit-ts/runtime';
import type { Refusal } from '../refusal.ts';
import type { System } from '../system/system.ts';
import type { WasiIo } from './io/wasi-io.ts';

/** What the interfaces of one instance share. */
export interface Wasi2Host {
  readonly system: System;
  readonly io: WasiIo;
}

/**
 * Reports a refused call and makes the trap that ends the program. For functions of clocks, of random numbers and for
 * `exit`, whose types have no error.
 *
 * @param grant how the host would grant it: `clocks: true`
 */
export function denied(
  { system }: Pick<Wasi2Host, 'system'>,
  name: string,
  func: string,
  grant: string,
  flags: Refusal['flags'] = [],
): Trap {
  const reason = `it is not granted; \`${grant}\` in the grants would allow it`;
  system.refuse({ interface: name, function: func, asked: '', reason, flags });
  return new Trap(`the program called \`${func}\` of \`${name}\`; ${reason}`);
}
