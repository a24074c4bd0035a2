import { wasi2 } from '../p2/index.ts';
import type { WasiIo } from '../p2/io/wasi-io.ts';
import { wasi3 } from '../p3/index.ts';
import type { System } from '../system/system.ts';

/** The interfaces beside `wasi:http` that a handler of 0.2 may import. */
export function hostInterfaces2(system: System, io: WasiIo) {
  return wasi2(system, { suspends: true, io });
}

/** The interfaces beside `wasi:http` that a handler of 0.3 may import; standard libraries still use those of 0.2. */
export function hostInterfaces3(system: System) {
  return { ...wasi2(system), ...wasi3(system) };
}
