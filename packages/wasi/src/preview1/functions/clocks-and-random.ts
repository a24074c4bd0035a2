import type { Clocks } from '../../system/system.ts';
import { type CallContext, refuseCall } from '../call-context.ts';
import { fail } from '../errno.ts';

/** `clockid`. The clocks of processes and threads are not among them: they would measure the host. */
export const CLOCK = { realtime: 0, monotonic: 1, processCpuTime: 2, threadCpuTime: 3 } as const;

/** Returns the clocks, or ends the call with `notcapable` if they are not granted. */
export function clocksFor({ system }: Pick<CallContext, 'system'>, name: string): Clocks {
  if (system.clocks !== undefined) return system.clocks;
  refuseCall(system, name, 'clocks: true');
  return fail('notcapable');
}

/** Ends the call unless a clock is the real-time or the monotonic one. */
export function assertClock(id: number): void {
  if (id === CLOCK.realtime || id === CLOCK.monotonic) return;
  fail(id === CLOCK.processCpuTime || id === CLOCK.threadCpuTime ? 'badf' : 'inval');
}

/** Clocks and random bytes. Without their grant they give the program `notcapable`. */
export function clockAndRandomFunctions(context: CallContext) {
  const { system, memory } = context;
  return {
    clock_res_get(id: number, pointer: number): void {
      assertClock(id);
      const clocks = clocksFor(context, 'clock_res_get');
      memory.setU64(pointer, id === CLOCK.realtime ? clocks.wallResolution() : clocks.monotonicResolution());
    },

    clock_time_get(id: number, _precision: bigint, pointer: number): void {
      assertClock(id);
      const clocks = clocksFor(context, 'clock_time_get');
      memory.setU64(pointer, id === CLOCK.realtime ? clocks.wallNow() : clocks.monotonicNow());
    },

    random_get(pointer: number, length: number): void {
      const bytes = memory.bytes(pointer, length);
      if (system.random === undefined) {
        refuseCall(system, 'random_get', 'random: true');
        fail('notcapable');
      }
      system.random(bytes);
    },
  };
}
