import { componentModules } from '@wit-ts/runtime';
import type { AsyncGuest, AsyncHost } from '../../../guests/async-guest.ts';
import { GuestMemory, type Realloc } from '../guest-memory.ts';
import { moveText } from '../move-text.ts';
import { instantiateConsumer } from './consumer.ts';
import { instantiateProducer } from './producer.ts';
import type { HandWrittenTask } from './task.ts';

/** What the engine offers to suspend a stack. TypeScript does not declare it. */
interface Suspension {
  readonly Suspending: new (func: (a: number) => unknown) => WebAssembly.ImportValue;
  promising(func: unknown): (a: number) => Promise<number>;
}

/**
 * Instantiates glue code written for `test-components/async-bench`: promises, one table of handles for each component,
 * and exactly the built-ins that the guest imports. The glue trusts the guest: it tracks no borrows, checks no state of
 * an end before it is used, and lets every component be entered at any time.
 */
export async function asyncGuestByHand(
  component: Uint8Array<ArrayBuffer>,
  host: AsyncHost,
): Promise<AsyncGuest> {
  const modules = componentModules(component).map((bytes) => WebAssembly.compile(bytes as BufferSource));
  const [memoryModule, producerModule, consumerModule, blockerModule] = await Promise.all(modules);
  const producerMemory = makeMemory(memoryModule!);
  const consumerMemory = makeMemory(memoryModule!);
  const returnText = (task: HandWrittenTask, pointer: number, length: number): void => {
    const { textGoesTo } = task;
    if (textGoesTo === undefined) {
      producerMemory.guest.refresh();
      task.return(producerMemory.guest.liftString(pointer, length));
      return;
    }
    const text = moveText(producerMemory.guest, pointer, length, textGoesTo.memory);
    const { u32 } = textGoesTo.memory.refresh();
    u32[textGoesTo.at >>> 2] = text;
    u32[(textGoesTo.at >>> 2) + 1] = length;
    task.return(undefined);
  };
  const producer = instantiateProducer(
    producerModule!,
    producerMemory.exports,
    producerMemory.guest,
    returnText,
  );
  const consumer = instantiateConsumer(
    consumerModule!,
    consumerMemory.exports,
    consumerMemory.guest,
    producerMemory.guest,
    producer,
    host,
  );
  return { producer: producer.exports, consumer, blocker: instantiateBlocker(blockerModule!, host) };
}

function makeMemory(module: WebAssembly.Module): { exports: WebAssembly.Exports; guest: GuestMemory } {
  const { exports } = new WebAssembly.Instance(module);
  const { memory, realloc } = exports as { memory: WebAssembly.Memory; realloc: WebAssembly.ExportValue };
  return { exports, guest: new GuestMemory(memory, realloc as Realloc) };
}

function instantiateBlocker(module: WebAssembly.Module, host: AsyncHost): AsyncGuest['blocker'] {
  const { Suspending, promising } = WebAssembly as unknown as Suspension;
  const later = new Suspending((a) => host.later(a >>> 0));
  const hold = new Suspending((a) => host.hold(a >>> 0));
  // The promises of stacks that have ended resolve in the order in which the guest has returned.
  const returned: number[] = [];
  const { exports } = new WebAssembly.Instance(module, {
    '': { later, hold, 'return-u32': (value: number) => void returned.push(value >>> 0) },
  });
  const holding = promising(exports['hold']);
  return {
    wait: promising(exports['wait']),
    hold: (a) => holding(a).then(() => returned.shift()!),
  };
}
