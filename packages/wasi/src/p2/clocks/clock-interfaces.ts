import type { Clocks } from '../../system/system.ts';
import { refusedCall } from '../../system/refused-call.ts';
import type { Wasi2Host } from '../host.ts';
import type { Pollable } from '../io/pollable.ts';
import { type Datetime, datetimeOf } from './datetime.ts';
import { Timer } from './timer.ts';

const WALL = 'wasi:clocks/wall-clock@0.2.12';
const MONOTONIC = 'wasi:clocks/monotonic-clock@0.2.12';

/** The interfaces of `wasi:clocks`. */
export function clockInterfaces(host: Wasi2Host) {
  const { system, io } = host;

  function clocks(name: string, func: string): Clocks {
    if (system.clocks === undefined) throw refusedCall(system, name, func, 'clocks: true');
    return system.clocks;
  }

  return {
    [WALL]: {
      now: (): Datetime => datetimeOf(clocks(WALL, 'now').wallNow()),
      resolution: (): Datetime => datetimeOf(clocks(WALL, 'resolution').wallResolution()),
    },
    [MONOTONIC]: {
      now: () => clocks(MONOTONIC, 'now').monotonicNow(),
      resolution: () => clocks(MONOTONIC, 'resolution').monotonicResolution(),
      subscribeInstant(when: bigint): Pollable {
        const granted = clocks(MONOTONIC, 'subscribe-instant');
        return io.pollable(new Timer(when - granted.monotonicNow(), granted));
      },
      subscribeDuration(when: bigint): Pollable {
        return io.pollable(new Timer(when, clocks(MONOTONIC, 'subscribe-duration')));
      },
    },
    // The time zone of the host would say where it is, so that every program is in UTC.
    'wasi:clocks/timezone@0.2.12': {
      display: (_when: Datetime) => ({ utcOffset: 0, name: 'UTC', inDaylightSavingTime: false }),
      utcOffset: (_when: Datetime) => 0,
    },
  } as const;
}
