import { componentModules } from '@wit-ts/runtime';
import { GuestMemory, type Realloc } from './guest-memory.ts';
import { moveText } from './move-text.ts';

/** The exports of `test-components/bench-pair`. */
export interface Pair {
  callAdd(times: number): number;
  callAddGuarded(times: number): number;
  callEcho(times: number, text: string): number;
  callPoints(times: number, count: number): number;
}

interface MemoryExports {
  readonly memory: WebAssembly.Memory;
  readonly realloc: Realloc;
  readonly reset: (heap: number) => void;
}

interface InnerExports {
  readonly add: (a: number, b: number) => number;
  readonly echo: (pointer: number, length: number) => number;
  readonly free: (result: number) => void;
}

interface SingleExports {
  readonly 'call-add': (times: number) => number;
}

interface OuterExports extends SingleExports {
  readonly 'call-echo': (times: number, pointer: number, length: number) => number;
  readonly 'call-points': (times: number, count: number) => number;
}

const POINT_SIZE = 24;

/**
 * Instantiates glue code written for these two components. Numbers pass directly from one core module to the other.
 * Everything in memory is copied from one memory to the other: strings are checked to be UTF-8, and only the fields of
 * records are copied, not their padding. The glue does not check whether a component may be entered or left.
 */
export async function pairByHand(component: Uint8Array<ArrayBuffer>): Promise<Pair> {
  const modules = componentModules(component).map((bytes) => WebAssembly.compile(bytes as BufferSource));
  const [memoryModule, innerModule, singleModule, outerModule] = await Promise.all(modules);
  const innerMemory = instantiate<MemoryExports>(memoryModule);
  const outerMemory = instantiate<MemoryExports>(memoryModule);
  const inner = instantiate<InnerExports>(innerModule, { memory: { ...innerMemory } });
  const innerGuest = new GuestMemory(innerMemory.memory, innerMemory.realloc);
  const outerGuest = new GuestMemory(outerMemory.memory, outerMemory.realloc);

  function echo(pointer: number, length: number, result: number): void {
    outerGuest.refresh();
    const given = moveText(outerGuest, pointer >>> 0, length >>> 0, innerGuest);
    const at = inner.echo(given, length) >>> 0;
    const { u32 } = innerGuest.refresh();
    const count = u32[(at >>> 2) + 1]!;
    const taken = moveText(innerGuest, u32[at >>> 2]!, count, outerGuest);
    const words = outerGuest.refresh().u32;
    words[result >>> 2] = taken;
    words[(result >>> 2) + 1] = count;
    inner.free(at);
  }

  function echoPoints(pointer: number, count: number, result: number): void {
    outerGuest.refresh();
    const given = movePoints(outerGuest, pointer >>> 0, count, innerGuest);
    const at = inner.echo(given, count) >>> 0;
    const { u32 } = innerGuest.refresh();
    const length = u32[(at >>> 2) + 1]!;
    const taken = movePoints(innerGuest, u32[at >>> 2]!, length, outerGuest);
    const words = outerGuest.refresh().u32;
    words[result >>> 2] = taken;
    words[(result >>> 2) + 1] = length;
    inner.free(at);
  }

  const outer = instantiate<OuterExports>(outerModule, {
    memory: { ...outerMemory },
    inner: { add: inner.add, echo, 'echo-points': echoPoints },
  });
  const single = instantiate<SingleExports>(singleModule, { inner: { add: inner.add } });
  return {
    callAdd: (times) => outer['call-add'](times) >>> 0,
    callAddGuarded: (times) => single['call-add'](times) >>> 0,
    callEcho(times, text) {
      outerGuest.lowerString(text);
      return outer['call-echo'](times, outerGuest.pointer, outerGuest.length) >>> 0;
    },
    callPoints: (times, count) => outer['call-points'](times, count) >>> 0,
  };
}

function instantiate<T>(module: WebAssembly.Module | undefined, imports: WebAssembly.Imports = {}): T {
  return new WebAssembly.Instance(module!, imports).exports as T;
}

function movePoints(from: GuestMemory, pointer: number, count: number, to: GuestMemory): number {
  const source = from.views;
  const target = to.allocate(8, count * POINT_SIZE);
  const { f64, u32 } = to.refresh();
  for (let i = 0, s = pointer, t = target; i < count; i++, s += POINT_SIZE, t += POINT_SIZE) {
    f64[t >>> 3] = source.f64[s >>> 3]!;
    f64[(t >>> 3) + 1] = source.f64[(s >>> 3) + 1]!;
    u32[(t >>> 2) + 4] = source.u32[(s >>> 2) + 4]!;
  }
  return target;
}
