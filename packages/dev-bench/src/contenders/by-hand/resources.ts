import { firstCoreModule } from '../../first-core-module.ts';
import type { Counter, File, Files, ResourcesGuest } from '../../guests/resources-guest.ts';
import { GuestMemory, type Realloc } from './guest-memory.ts';
import { HandWrittenHandles } from './handle-table.ts';

/** Instantiates glue code written for `test-components/resources`. */
export async function resourcesByHand(
  component: Uint8Array<ArrayBuffer>,
  files: Files,
): Promise<ResourcesGuest> {
  const module = await WebAssembly.compile(firstCoreModule(component));
  const handles = new HandWrittenHandles();
  const { core, guest } = instantiate(module, files, handles);
  const { describe, read } = fileExports(core, guest, handles);
  const Counter = counterClass(core, handles) as ResourcesGuest['counters']['Counter'];
  return { counters: { Counter }, describe, read };
}

type Post = (result: number) => void;

interface CoreExports {
  readonly memory: WebAssembly.Memory;
  readonly cabi_realloc: Realloc;
  readonly 'test:resources/counters#[constructor]counter': (start: number) => number;
  readonly 'test:resources/counters#[method]counter.increment': (self: number) => number;
  readonly 'test:resources/counters#[static]counter.sum': (a: number, b: number) => number;
  readonly 'test:resources/counters#[dtor]counter': (self: number) => void;
  readonly describe: (file: number) => number;
  readonly cabi_post_describe: Post;
  readonly read: (name: number, length: number) => number;
  readonly cabi_post_read: Post;
}

class ReadError extends Error {
  readonly payload: string;
  constructor(payload: string) {
    super(payload);
    this.payload = payload;
  }
}

/** The handle table holds files as objects and counters as their addresses in the guest's memory. */
function instantiate(
  module: WebAssembly.Module,
  files: Files,
  handles: HandWrittenHandles,
): { core: CoreExports; guest: GuestMemory } {
  const instance = new WebAssembly.Instance(module, {
    'test:resources/files': {
      '[constructor]file': (name: number, length: number) => {
        guest.refresh();
        return handles.add(new files.File(guest.liftString(name >>> 0, length >>> 0)));
      },
      '[method]file.read': (file: number, result: number) => {
        guest.lowerString((handles.get(file) as File).read());
        const { u32 } = guest.refresh();
        u32[result >>> 2] = guest.pointer;
        u32[(result >>> 2) + 1] = guest.length;
      },
      '[resource-drop]file': (file: number) => void handles.remove(file),
      open: (name: number, length: number, result: number) => {
        guest.refresh();
        const file = handles.add(files.open(guest.liftString(name >>> 0, length >>> 0)));
        const { u8, u32 } = guest.refresh();
        u8[result >>> 0] = 0;
        u32[(result >>> 2) + 1] = file;
      },
    },
    '[export]test:resources/counters': {
      '[resource-new]counter': (address: number) => handles.add(address),
      '[resource-rep]counter': (counter: number) => handles.get(counter) as number,
      '[resource-drop]counter': (counter: number) => destroy(handles.remove(counter) as number),
    },
  });
  const core = instance.exports as unknown as CoreExports;
  const guest = new GuestMemory(core.memory, core.cabi_realloc);
  const destroy = core['test:resources/counters#[dtor]counter'];
  return { core, guest };
}

function counterClass(core: CoreExports, handles: HandWrittenHandles) {
  const make = core['test:resources/counters#[constructor]counter'];
  const increment = core['test:resources/counters#[method]counter.increment'];
  const sum = core['test:resources/counters#[static]counter.sum'];
  const destroy = core['test:resources/counters#[dtor]counter'];
  const forgotten = new FinalizationRegistry<number>((address) => destroy(address));

  return class GuestCounter implements Counter {
    /** The address of the counter; 0 after the counter was dropped. */
    #address: number;
    constructor(start: number) {
      this.#address = handles.remove(make(start)) as number;
      forgotten.register(this, this.#address, this);
    }
    increment(): number {
      return increment(this.#alive()) >>> 0;
    }
    [Symbol.dispose](): void {
      const address = this.#alive();
      this.#address = 0;
      forgotten.unregister(this);
      destroy(address);
    }
    static sum(a: GuestCounter, b: GuestCounter): number {
      return sum(a.#alive(), b.#alive()) >>> 0;
    }
    #alive(): number {
      if (this.#address === 0) throw new TypeError('the counter has been dropped');
      return this.#address;
    }
  };
}

function fileExports(
  core: CoreExports,
  guest: GuestMemory,
  handles: HandWrittenHandles,
): Pick<ResourcesGuest, 'describe' | 'read'> {
  const { describe, cabi_post_describe: freeDescription, read, cabi_post_read: freeRead } = core;

  return {
    describe(file) {
      const at = describe(handles.add(file)) >>> 2;
      const { u32 } = guest.refresh();
      const text = guest.liftString(u32[at]!, u32[at + 1]!);
      freeDescription(at << 2);
      return text;
    },
    read(name) {
      guest.lowerString(name);
      const at = read(guest.pointer, guest.length) >>> 0;
      const { u8, u32 } = guest.refresh();
      const isErr = u8[at] === 1;
      const text = guest.liftString(u32[(at >>> 2) + 1]!, u32[(at >>> 2) + 2]!);
      freeRead(at);
      if (isErr) throw new ReadError(text);
      return text;
    },
  };
}
