import type { WasiIo } from '../p2/io/wasi-io.ts';
import type { System } from '../system/system.ts';

/** The interfaces beside `wasi:http` that a handler may import. */
export function hostInterfaces(_system: System, io: WasiIo) {
  return io.interfaces();
}
