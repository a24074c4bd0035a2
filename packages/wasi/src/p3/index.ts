import type { System } from '../system/system.ts';
import { environment } from './cli/environment.ts';
import { standardStreams } from './cli/standard-streams.ts';
import { terminals } from './cli/terminals.ts';
import { clocks } from './clocks/clocks.ts';
import { filesystem } from './filesystem/filesystem.ts';
import { random } from './random/random.ts';
import { sockets } from './sockets/sockets.ts';

/**
 * Makes the imports of one instance: all interfaces of WASI 0.3 but those of `wasi:http`. They give the program what
 * `system` grants, and report to it what they refuse.
 */
export function wasi3(system: System) {
  return {
    ...environment(system),
    ...standardStreams(system),
    ...terminals(system),
    ...clocks(system),
    ...random(system),
    ...filesystem(system),
    ...sockets(system),
  } as const;
}
