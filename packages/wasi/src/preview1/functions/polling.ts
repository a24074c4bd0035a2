import type { Readiness } from '../../p2/io/readiness.ts';
import type { CallContext } from '../call-context.ts';
import { fail, numberOf } from '../errno.ts';
import { SIZE } from '../structures.ts';
import { timerOf } from '../timer.ts';

const EVENTTYPE = { clock: 0, fdRead: 1, fdWrite: 2 } as const;
const HANGUP = 1;
/** More than a program could use: each subscription takes memory of the host while it waits. */
const MOST_SUBSCRIPTIONS = 16_384;

/** What a program waits for. */
interface Subscription {
  readonly userdata: bigint;
  readonly type: number;
  /** Absent for what is always ready. */
  readonly readiness: Readiness | undefined;
  /** What is known when it is ready. */
  result(): EventResult;
}

interface EventResult {
  readonly error?: number;
  readonly bytes?: bigint;
  readonly flags?: number;
}

/** Waiting for clocks and descriptors. */
export function pollingFunctions(context: CallContext) {
  const { memory, waiter } = context;

  const wait = (
    subscriptions: readonly Subscription[],
    events: number,
    result: number,
  ): void | Promise<void> => {
    for (;;) {
      const ready = subscriptions.filter(({ readiness }) => readiness?.isReady() !== false);
      if (ready.length > 0) {
        for (const [index, each] of ready.entries()) writeEvent(context, events + index * SIZE.event, each);
        for (const { readiness } of subscriptions) readiness?.cancel?.();
        return memory.setU32(result, ready.length);
      }
      const waiting = waiter.until([...new Set(subscriptions.map(({ readiness }) => readiness!))]);
      if (waiting !== undefined) return waiting.then(() => wait(subscriptions, events, result));
    }
  };

  return {
    poll_oneoff(list: number, events: number, count: number, result: number): void | Promise<void> {
      const length = count >>> 0;
      if (length === 0) fail('inval');
      memory.check(list, length * SIZE.subscription);
      memory.check(events, length * SIZE.event);
      memory.check(result, 4);
      if (length > MOST_SUBSCRIPTIONS) fail('nomem');
      const subscriptions = Array.from({ length }, (_, index) =>
        readSubscription(context, list + index * SIZE.subscription),
      );
      return wait(subscriptions, events, result);
    },
  };
}

/** Reads a `subscription`. What is wrong with it is reported as its event. */
function readSubscription(context: CallContext, pointer: number): Subscription {
  const { memory } = context;
  const [userdata, type] = [memory.u64(pointer), memory.u8(pointer + 8)];
  try {
    switch (type) {
      case EVENTTYPE.clock: {
        const timer = timerOf(context, {
          clock: memory.u32(pointer + 16),
          timeout: memory.u64(pointer + 24),
          flags: memory.u16(pointer + 40),
        });
        return { userdata, type, readiness: timer, result: () => ({}) };
      }
      case EVENTTYPE.fdRead:
        return { userdata, type, ...readable(context, memory.u32(pointer + 16)) };
      case EVENTTYPE.fdWrite:
        return { userdata, type, ...writable(context, memory.u32(pointer + 16)) };
      default:
        return fail('inval');
    }
  } catch (failure) {
    const error = numberOf(failure);
    if (error === undefined) throw failure;
    return { userdata, type, readiness: undefined, result: () => ({ error }) };
  }
}

function readable({ table }: CallContext, fd: number): Pick<Subscription, 'readiness' | 'result'> {
  const opened = table.get(fd);
  switch (opened.kind) {
    case 'input': {
      const result = (): EventResult => {
        const bytes = opened.available();
        return bytes === undefined ? { flags: HANGUP } : { bytes: BigInt(bytes) };
      };
      return { readiness: opened, result };
    }
    case 'file': {
      // What is left of the file. Reading never waits.
      const left = Number(opened.descriptor.stat().size) - opened.offset;
      return { readiness: undefined, result: () => ({ bytes: BigInt(Math.max(0, left)) }) };
    }
    case 'output':
    case 'directory':
      return fail('badf');
  }
}

function writable({ table }: CallContext, fd: number): Pick<Subscription, 'readiness' | 'result'> {
  const opened = table.get(fd);
  switch (opened.kind) {
    case 'output':
      return { readiness: opened, result: () => ({ bytes: 1n }) };
    case 'file':
      return { readiness: undefined, result: () => ({ bytes: 1n }) };
    case 'input':
    case 'directory':
      return fail('badf');
  }
}

function writeEvent(
  { memory }: CallContext,
  pointer: number,
  { userdata, type, result }: Subscription,
): void {
  const { error = 0, bytes = 0n, flags = 0 } = result();
  memory.clear(pointer, SIZE.event);
  memory.setU64(pointer, userdata);
  memory.setU16(pointer + 8, error);
  memory.setU8(pointer + 10, type);
  memory.setU64(pointer + 16, bytes);
  memory.setU16(pointer + 24, flags);
}
