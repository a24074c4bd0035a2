import { Trap } from '@wit-ts/runtime';
import type { System } from '../system/system.ts';

/** A call that needs a grant and has no error in WIT. */
interface DeniedCall {
  readonly interface: string;
  readonly function: string;
  /** The name of the grant: `clocks`. */
  readonly grant: string;
  readonly flag: string;
}

/** Reports a refused call. Returns the trap that ends the program, which has no other way to learn of it. */
export function denied(system: Pick<System, 'refuse'>, call: DeniedCall): Trap {
  const reason = `no grant \`${call.grant}\``;
  system.refuse({
    interface: call.interface,
    function: call.function,
    asked: '',
    reason,
    flags: [call.flag],
  });
  return new Trap(`the program called \`${call.function}\` of \`${call.interface}\`, and it has ${reason}`);
}
