import type { System } from '../system/system.ts';
import type { WasiIo } from './io/wasi-io.ts';

/** What the interfaces of one instance share. */
export interface Wasi2Host {
  readonly system: System;
  readonly io: WasiIo;
}
