import type { AsyncHost, AsyncConsumer } from '../../../guests/async-guest.ts';
import type { GuestMemory } from '../guest-memory.ts';
import { moveText } from '../move-text.ts';
import { type ConsumerCore, consumerExports } from './consumer-exports.ts';
import { bytesElements } from './elements.ts';
import { HandWrittenFuture } from './future.ts';
import { FutureFromHost } from './host-source.ts';
import type { ProducerInstance } from './producer.ts';
import { cancelAt, HandWrittenStream, streamAt } from './stream.ts';
import { type TaskCallback, HandWrittenTask, HandWrittenTasks } from './task.ts';
import { HandWrittenWaitable, type HandWrittenSet, waitableBuiltins } from './waitable.ts';

type Start = (a: number) => number;

const RETURNED = 2;
const STARTED = 1;

/** A readable end in the table of `$Consumer`: of a stream of `$Producer`, or of one that the host gives. */
interface Readable extends HandWrittenWaitable {
  readInto(pointer: number, count: number): number;
  dropReadable(): void;
}

/** Instantiates `$Consumer`. `memory` is its own memory, `producerMemory` that of `$Producer`. */
export function instantiateConsumer(
  module: WebAssembly.Module,
  memoryExports: WebAssembly.Exports,
  memory: GuestMemory,
  producerMemory: GuestMemory,
  producer: ProducerInstance,
  host: AsyncHost,
): AsyncConsumer {
  const tasks = new HandWrittenTasks();
  const instance = new WebAssembly.Instance(module, {
    memory: memoryExports,
    '': {
      ...waitableBuiltins(tasks),
      'return-u32': (value: number) => tasks.current.return(value >>> 0),
      'drop-subtask': (subtask: number) => (tasks.handles.get(subtask) as HandWrittenWaitable).drop(),
      poll(set: number, pointer: number) {
        const waitable = (tasks.handles.get(set) as HandWrittenSet).takeEvent();
        if (waitable === undefined) return 0;
        const { u32 } = memory.refresh();
        u32[pointer >>> 2] = waitable.index;
        u32[(pointer >>> 2) + 1] = waitable.payload;
        return waitable.event;
      },
      ...callsToHost(tasks, memory, host),
      ...callsToProducer(tasks, memory, producerMemory, producer),
      ...streamBuiltins(tasks, memory),
      ...futureBuiltins(tasks, memory),
    },
  });
  return consumerExports(instance.exports as unknown as ConsumerCore, tasks, memory);
}

function callsToHost(tasks: HandWrittenTasks, memory: GuestMemory, host: AsyncHost) {
  const call = (func: (a: number) => number | Promise<number>) => (a: number, result: number) => {
    const value = func(a >>> 0);
    if (typeof value === 'number') {
      memory.refresh().u32[result >>> 2] = value;
      return RETURNED;
    }
    const task = tasks.current;
    const subtask = new HandWrittenWaitable(tasks);
    value.then(
      (settled) => {
        memory.refresh().u32[result >>> 2] = settled;
        subtask.resolvedByHost();
      },
      (error: unknown) => task.fail(error),
    );
    return (subtask.index << 4) | STARTED;
  };
  return { 'host-now': call(host.now), 'host-later': call(host.later), 'host-hold': call(host.hold) };
}

function callsToProducer(
  tasks: HandWrittenTasks,
  memory: GuestMemory,
  producerMemory: GuestMemory,
  { core, tasks: theirs }: ProducerInstance,
) {
  /** `code` is what the core function of `task` returned. */
  const finish = (task: HandWrittenTask, code: number, store: (value: unknown) => void): number => {
    if (code !== 0) theirs.follow(task, code);
    if (task.returned) {
      store(task.value);
      return RETURNED;
    }
    task.store = store;
    task.subtask = new HandWrittenWaitable(tasks);
    return (task.subtask.index << 4) | STARTED;
  };
  const number = (callback: TaskCallback, start: Start) => (a: number, result: number) => {
    const task = (theirs.current = new HandWrittenTask(callback));
    return finish(task, start(a), (value) => {
      memory.refresh().u32[result >>> 2] = value as number;
    });
  };
  const stream = (callback: TaskCallback, start: Start) => (total: number, result: number) => {
    const task = (theirs.current = new HandWrittenTask(callback));
    return finish(task, start(total), (value) => {
      const readable = (value as HandWrittenStream<unknown>).moveReadable(tasks, memory);
      memory.refresh().u32[result >>> 2] = readable;
    });
  };
  return {
    now: number(core.never, core.now),
    yield: number(core['yield-callback'], core.yield),
    'give-bytes': stream(core['give-bytes-callback'], core['give-bytes']),
    'give-entries': stream(core['give-entries-callback'], core['give-entries']),
    echo(text: number, length: number, result: number) {
      const task = (theirs.current = new HandWrittenTask(core.never));
      task.textGoesTo = { memory, at: result };
      const given = moveText(memory, text >>> 0, length >>> 0, producerMemory);
      return finish(task, core.echo(given, length), () => {});
    },
  };
}

function streamBuiltins(tasks: HandWrittenTasks, memory: GuestMemory) {
  const readable = (end: number): Readable => tasks.handles.get(end) as Readable;
  const read = (end: number, pointer: number, count: number) => readable(end).readInto(pointer >>> 0, count);
  const dropReadable = (end: number): void => readable(end).dropReadable();
  return {
    'new-bytes': () => new HandWrittenStream(bytesElements).open(tasks, memory),
    'read-bytes': read,
    'write-bytes': (end: number, pointer: number, count: number) =>
      streamAt(tasks, end).write(pointer >>> 0, count),
    'cancel-read-bytes': (end: number) => cancelAt(tasks, end),
    'cancel-write-bytes': (end: number) => cancelAt(tasks, end),
    'drop-readable-bytes': dropReadable,
    'drop-writable-bytes': (end: number) => streamAt(tasks, end).dropWritable(),
    'read-entries': read,
    'drop-readable-entries': dropReadable,
  };
}

function futureBuiltins(tasks: HandWrittenTasks, memory: GuestMemory) {
  const store = (pointer: number) => (value: unknown) => {
    memory.refresh().u32[pointer >>> 2] = value as number;
  };
  const fromHost = (end: number) => tasks.handles.get(end) as FutureFromHost<unknown>;
  return {
    'new-number': () => new HandWrittenFuture((pointer) => memory.refresh().u32[pointer >>> 2]!).open(tasks),
    'read-number': (end: number, pointer: number) => {
      const future = tasks.handles.get(end);
      return future instanceof FutureFromHost
        ? future.readInto(pointer >>> 0)
        : HandWrittenFuture.at(tasks, end).read(store(pointer));
    },
    'write-number': (end: number, pointer: number) => HandWrittenFuture.at(tasks, end).write(pointer >>> 0),
    'drop-readable-number': (end: number) => {
      const future = tasks.handles.get(end);
      if (future instanceof FutureFromHost) future.drop();
      else HandWrittenFuture.at(tasks, end).dropReadable();
    },
    'drop-writable-number': (end: number) => HandWrittenFuture.at(tasks, end).dropWritable(),
    'read-text': (end: number, pointer: number) => fromHost(end).readInto(pointer >>> 0),
    'drop-readable-text': (end: number) => fromHost(end).drop(),
  };
}
