import type { AsyncProducer } from '../../../guests/async-guest.ts';
import type { GuestMemory } from '../guest-memory.ts';
import { bytesElements, entriesElements, type HandWrittenElements } from './elements.ts';
import { HandWrittenFuture } from './future.ts';
import { HandWrittenStream, streamAt } from './stream.ts';
import { type TaskCallback, HandWrittenTask, HandWrittenTasks } from './task.ts';
import { waitableBuiltins } from './waitable.ts';

type Start = (a: number) => number;

/** What the core module of `$Producer` exports. */
interface ProducerCore {
  readonly now: Start;
  readonly echo: (text: number, length: number) => number;
  readonly never: TaskCallback;
  readonly yield: Start;
  readonly 'yield-callback': TaskCallback;
  readonly 'give-bytes': Start;
  readonly 'give-bytes-callback': TaskCallback;
  readonly 'give-entries': Start;
  readonly 'give-entries-callback': TaskCallback;
  readonly 'give-number': Start;
  readonly 'give-number-callback': TaskCallback;
  readonly 'give-text': () => number;
  readonly 'give-text-callback': TaskCallback;
}

/** A component instance of `$Producer`: its core instance, its tasks and its exports for the host. */
export interface ProducerInstance {
  readonly core: ProducerCore;
  readonly tasks: HandWrittenTasks;
  readonly exports: AsyncProducer;
}

/**
 * Instantiates `$Producer`. A stream is returned as an object; `consumer.ts` moves its readable end to its own table.
 *
 * @param returnText what `task.return` does with a text: the host and another component take it in different ways
 */
export function instantiateProducer(
  module: WebAssembly.Module,
  memoryExports: WebAssembly.Exports,
  memory: GuestMemory,
  returnText: (task: HandWrittenTask, pointer: number, length: number) => void,
): ProducerInstance {
  const tasks = new HandWrittenTasks();
  const stream = <Chunk>(elements: HandWrittenElements<Chunk>) => ({
    open: () => new HandWrittenStream(elements).open(tasks, memory),
    return: (readable: number) => {
      const given = streamAt<Chunk>(tasks, readable);
      given.moveReadable();
      tasks.current.return(given);
    },
    write: (end: number, pointer: number, count: number) => streamAt(tasks, end).write(pointer >>> 0, count),
    drop: (end: number) => streamAt(tasks, end).dropWritable(),
  });
  const future = <T>(lift: (pointer: number) => T) => ({
    open: () => new HandWrittenFuture(lift).open(tasks),
    return: (readable: number) => tasks.current.return(HandWrittenFuture.at(tasks, readable).promise()),
    write: (end: number, pointer: number) => HandWrittenFuture.at(tasks, end).write(pointer >>> 0),
    drop: (end: number) => HandWrittenFuture.at(tasks, end).dropWritable(),
  });
  const streams = { bytes: stream(bytesElements), entries: stream(entriesElements) };
  const futures = {
    number: future((pointer) => memory.refresh().u32[pointer >>> 2]!),
    text: future((pointer) => {
      const { u32 } = memory.refresh();
      return memory.liftString(u32[pointer >>> 2]!, u32[(pointer >>> 2) + 1]!);
    }),
  };
  const instance = new WebAssembly.Instance(module, {
    memory: memoryExports,
    '': {
      ...waitableBuiltins(tasks),
      'return-u32': (value: number) => tasks.current.return(value >>> 0),
      'return-text': (pointer: number, length: number) =>
        returnText(tasks.current, pointer >>> 0, length >>> 0),
      'return-bytes': streams.bytes.return,
      'return-entries': streams.entries.return,
      'return-future-number': futures.number.return,
      'return-future-text': futures.text.return,
      'new-bytes': streams.bytes.open,
      'write-bytes': streams.bytes.write,
      'drop-bytes': streams.bytes.drop,
      'new-entries': streams.entries.open,
      'write-entries': streams.entries.write,
      'drop-entries': streams.entries.drop,
      'new-number': futures.number.open,
      'write-number': futures.number.write,
      'drop-number': futures.number.drop,
      'new-text': futures.text.open,
      'write-text': futures.text.write,
      'drop-text': futures.text.drop,
    },
  });
  const core = instance.exports as unknown as ProducerCore;
  return { core, tasks, exports: producerExports(core, tasks, memory) };
}

function producerExports(core: ProducerCore, tasks: HandWrittenTasks, memory: GuestMemory): AsyncProducer {
  const begin = (callback: TaskCallback): HandWrittenTask => (tasks.current = new HandWrittenTask(callback));
  return {
    now(a) {
      const task = begin(core.never);
      return tasks.promise(task, core.now(a));
    },
    echo(text) {
      const task = begin(core.never);
      memory.lowerString(text);
      return tasks.promise(task, core.echo(memory.pointer, memory.length));
    },
    yield(times) {
      const task = begin(core['yield-callback']);
      return tasks.promise(task, core.yield(times));
    },
    giveBytes(total) {
      const task = begin(core['give-bytes-callback']);
      return tasks.promise(task, core['give-bytes'](total));
    },
    giveEntries(total) {
      const task = begin(core['give-entries-callback']);
      return tasks.promise(task, core['give-entries'](total));
    },
    giveNumber(a) {
      const task = begin(core['give-number-callback']);
      return tasks.promise(task, core['give-number'](a));
    },
    giveText() {
      const task = begin(core['give-text-callback']);
      return tasks.promise(task, core['give-text']());
    },
  };
}
