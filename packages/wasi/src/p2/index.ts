import type { System } from '../system/system.ts';
import { cliInterfaces } from './cli/cli-interfaces.ts';
import { clockInterfaces } from './clocks/clock-interfaces.ts';
import { filesystemInterfaces } from './filesystem/filesystem-interfaces.ts';
import type { Wasi2Host } from './host.ts';
import { WasiIo } from './io/wasi-io.ts';
import { randomInterfaces } from './random/random-interfaces.ts';
import { socketInterfaces } from './sockets/socket-interfaces.ts';

export { WasiIo } from './io/wasi-io.ts';
export { waitingImports2 } from './waiting-imports.ts';

/** How an instance of 0.2 waits. */
export interface Wasi2Options {
  /**
   * Whether functions that wait return promises even if the thread could be blocked, so that other instances use it
   * meanwhile. The component is instantiated with `suspend: { imports: waitingImports2(system) }` then.
   */
  readonly suspends?: boolean;
  /** The streams and pollables of the instance, if other interfaces share them. */
  readonly io?: WasiIo;
}

/**
 * Makes the imports of one instance: all interfaces of WASI 0.2 but those of `wasi:http`. They give the program what
 * `system` grants, and report to it what they refuse.
 */
export function wasi2(system: System, options: Wasi2Options = {}) {
  const host: Wasi2Host = { system, io: options.io ?? new WasiIo(system, options) };
  return {
    ...host.io.interfaces(),
    ...cliInterfaces(host),
    ...clockInterfaces(host),
    ...randomInterfaces(host),
    ...filesystemInterfaces(host),
    ...socketInterfaces(host),
  } as const;
}
