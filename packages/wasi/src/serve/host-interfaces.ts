import { wasi2 } from '../p2/index.ts';
import type { WasiIo } from '../p2/io/wasi-io.ts';
import type { System } from '../system/system.ts';

/** The interfaces beside `wasi:http` that a handler may import. */
export function hostInterfaces(system: System, io: WasiIo) {
  return wasi2(system, { suspends: true, io });
}
