import type { AsyncConsumer } from '../../../guests/async-guest.ts';
import type { GuestMemory } from '../guest-memory.ts';
import { BytesFromHost, EntriesFromHost, FutureFromHost } from './host-source.ts';
import { type TaskCallback, HandWrittenTask, type HandWrittenTasks } from './task.ts';

type Start = (a: number) => number;
type Start2 = (a: number, b: number) => number;

/** What the core module of `$Consumer` exports. */
export interface ConsumerCore {
  readonly wait: Start;
  readonly hold: Start;
  readonly 'call-host-now': Start;
  readonly 'call-host-later': Start;
  readonly 'call-now': Start;
  readonly 'call-yield': Start;
  readonly 'call-echo': (times: number, text: number, length: number) => number;
  readonly 'call-callback': TaskCallback;
  readonly 'take-bytes': Start2;
  readonly 'pipe-bytes': Start2;
  readonly 'take-bytes-callback': TaskCallback;
  readonly 'take-entries': Start;
  readonly 'pipe-entries': Start;
  readonly 'take-entries-callback': TaskCallback;
  readonly 'take-number': Start;
  readonly 'take-number-callback': TaskCallback;
  readonly 'take-text': Start;
  readonly 'take-text-callback': TaskCallback;
  readonly 'drop-bytes': (stream: number) => void;
  readonly 'open-and-drop': (times: number, order: number) => number;
}

/** The exports of `$Consumer` for the host. */
export function consumerExports(
  core: ConsumerCore,
  tasks: HandWrittenTasks,
  memory: GuestMemory,
): AsyncConsumer {
  const begin = (callback: TaskCallback): HandWrittenTask => (tasks.current = new HandWrittenTask(callback));
  const call = (start: Start) => (a: number) => {
    const task = begin(core['call-callback']);
    return tasks.promise<number>(task, start(a));
  };
  return {
    wait: call(core.wait),
    hold: call(core.hold),
    callHostNow: call(core['call-host-now']),
    callHostLater: call(core['call-host-later']),
    callNow: call(core['call-now']),
    callYield: call(core['call-yield']),
    callEcho(times, text) {
      const task = begin(core['call-callback']);
      memory.lowerString(text);
      return tasks.promise(task, core['call-echo'](times, memory.pointer, memory.length));
    },
    takeBytes(source, stride) {
      const task = begin(core['take-bytes-callback']);
      return tasks.promise(task, core['take-bytes'](new BytesFromHost(tasks, memory, source).index, stride));
    },
    pipeBytes(total, stride) {
      const task = begin(core['take-bytes-callback']);
      return tasks.promise(task, core['pipe-bytes'](total, stride));
    },
    takeEntries(source) {
      const task = begin(core['take-entries-callback']);
      return tasks.promise(task, core['take-entries'](new EntriesFromHost(tasks, memory, source).index));
    },
    pipeEntries(total) {
      const task = begin(core['take-entries-callback']);
      return tasks.promise(task, core['pipe-entries'](total));
    },
    takeNumber(number) {
      const task = begin(core['take-number-callback']);
      const future = new FutureFromHost(tasks, number, (value, pointer) => {
        memory.refresh().u32[pointer >>> 2] = value;
      });
      return tasks.promise(task, core['take-number'](future.index));
    },
    takeText(text) {
      const task = begin(core['take-text-callback']);
      const future = new FutureFromHost(tasks, text, (value, pointer) => {
        memory.lowerString(value);
        const { u32 } = memory.refresh();
        u32[pointer >>> 2] = memory.pointer;
        u32[(pointer >>> 2) + 1] = memory.length;
      });
      return tasks.promise(task, core['take-text'](future.index));
    },
    dropBytes: (source) => core['drop-bytes'](new BytesFromHost(tasks, memory, source).index),
    openAndDrop: (times, order) => core['open-and-drop'](times, order) >>> 0,
  };
}
