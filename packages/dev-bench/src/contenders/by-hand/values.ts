import { firstCoreModule } from '../../first-core-module.ts';
import type { BenchGuest, BenchHost, Person, Point, Settings, Value } from '../../guests/bench-guest.ts';
import { liftSettings, lowerSettings, SETTINGS_SIZE } from './settings.ts';
import { liftTrees, lowerTrees } from './trees.ts';
import { GuestMemory, liftStrings, lowerStrings, type Realloc, arrayOfLength } from './guest-memory.ts';

/**
 * Instantiates glue code written for bench-guest. It does the work of the Canonical ABI that the other contenders do
 * too (realloc for arguments, copies of results, post-return), checks only what prevents reading wrong memory, and
 * never looks at a type.
 */
export async function valuesByHand(component: Uint8Array<ArrayBuffer>, host: BenchHost): Promise<BenchGuest> {
  const module = await WebAssembly.compile(firstCoreModule(component));
  const { core, guest } = instantiate(module, host);
  const { add, echoString, echoBytes, echoNumbers, echoPoints, echoStrings, echoValues } =
    scalarAndListExports(core, guest);
  const { echoPerson, echoSettings, echoManySettings, echoTrees, process } = recordExports(core, guest);
  const { callAdd, callEcho } = importCallingExports(core, guest);
  // An object literal, because the engine inlines functions of literals more readily than those of spread objects.
  return {
    add,
    echoString,
    echoBytes,
    echoNumbers,
    echoPoints,
    echoStrings,
    echoValues,
    echoPerson,
    echoSettings,
    echoManySettings,
    echoTrees,
    process,
    callAdd,
    callEcho,
  };
}

type Post = (result: number) => void;
type ListFunction = (pointer: number, length: number) => number;

interface CoreExports {
  readonly memory: WebAssembly.Memory;
  readonly cabi_realloc: Realloc;
  readonly add: (a: number, b: number) => number;
  readonly 'echo-string': ListFunction;
  readonly 'cabi_post_echo-string': Post;
  readonly 'echo-bytes': ListFunction;
  readonly 'cabi_post_echo-bytes': Post;
  readonly 'echo-numbers': ListFunction;
  readonly 'cabi_post_echo-numbers': Post;
  readonly 'echo-points': ListFunction;
  readonly 'cabi_post_echo-points': Post;
  readonly 'echo-strings': ListFunction;
  readonly 'cabi_post_echo-strings': Post;
  readonly 'echo-values': ListFunction;
  readonly 'cabi_post_echo-values': Post;
  readonly 'echo-person': (
    id: bigint,
    ...strings: [number, number, number, number, number, number]
  ) => number;
  readonly 'cabi_post_echo-person': Post;
  readonly 'echo-settings': (settings: number) => number;
  readonly 'cabi_post_echo-settings': Post;
  readonly 'echo-many-settings': ListFunction;
  readonly 'cabi_post_echo-many-settings': Post;
  readonly 'echo-trees': ListFunction;
  readonly 'cabi_post_echo-trees': Post;
  readonly process: (
    input: number,
    inputLength: number,
    id: bigint,
    tags: number,
    tagCount: number,
  ) => number;
  readonly cabi_post_process: Post;
  readonly 'call-add': (times: number) => number;
  readonly 'call-echo': (times: number, text: number, length: number) => number;
}

class ProcessError extends Error {
  readonly payload: string;
  constructor(payload: string) {
    super(payload);
    this.payload = payload;
  }
}

function instantiate(module: WebAssembly.Module, host: BenchHost): { core: CoreExports; guest: GuestMemory } {
  const instance = new WebAssembly.Instance(module, {
    'bench:guest/host': {
      add: (a: number, b: number) => host.add(a >>> 0, b >>> 0),
      echo: (pointer: number, length: number, result: number) => {
        guest.refresh();
        guest.lowerString(host.echo(guest.liftString(pointer >>> 0, length >>> 0)));
        const { u32 } = guest.refresh();
        u32[result >>> 2] = guest.pointer;
        u32[(result >>> 2) + 1] = guest.length;
      },
    },
  });
  const core = instance.exports as unknown as CoreExports;
  const guest = new GuestMemory(core.memory, core.cabi_realloc);
  return { core, guest };
}

type ScalarAndListExports = Pick<
  BenchGuest,
  'add' | 'echoString' | 'echoBytes' | 'echoNumbers' | 'echoPoints' | 'echoStrings' | 'echoValues'
>;

function scalarAndListExports(core: CoreExports, guest: GuestMemory): ScalarAndListExports {
  const add = core.add;
  const echoString = core['echo-string'];
  const freeString = core['cabi_post_echo-string'];
  const echoBytes = core['echo-bytes'];
  const freeBytes = core['cabi_post_echo-bytes'];
  const echoNumbers = core['echo-numbers'];
  const freeNumbers = core['cabi_post_echo-numbers'];
  const echoPoints = core['echo-points'];
  const freePoints = core['cabi_post_echo-points'];
  const echoStrings = core['echo-strings'];
  const freeStrings = core['cabi_post_echo-strings'];
  const echoValues = core['echo-values'];
  const freeValues = core['cabi_post_echo-values'];

  return {
    add: (a, b) => add(a, b) >>> 0,
    echoString(text) {
      guest.lowerString(text);
      const at = echoString(guest.pointer, guest.length) >>> 2;
      const { u32 } = guest.refresh();
      const result = guest.liftString(u32[at]!, u32[at + 1]!);
      freeString(at << 2);
      return result;
    },
    echoBytes(bytes) {
      const pointer = guest.allocate(1, bytes.length);
      guest.refresh().u8.set(bytes, pointer);
      const at = echoBytes(pointer, bytes.length) >>> 2;
      const { u8, u32 } = guest.refresh();
      const start = u32[at]!;
      const result = u8.slice(start, start + u32[at + 1]!);
      freeBytes(at << 2);
      return result;
    },
    echoNumbers(numbers) {
      const pointer = guest.allocate(8, numbers.length * 8);
      guest.refresh().f64.set(numbers, pointer >>> 3);
      const at = echoNumbers(pointer, numbers.length) >>> 2;
      const { u32, f64 } = guest.refresh();
      const start = u32[at]! >>> 3;
      const result = f64.slice(start, start + u32[at + 1]!);
      freeNumbers(at << 2);
      return result;
    },
    echoPoints(points) {
      const pointer = lowerPoints(guest, points);
      const at = echoPoints(pointer, points.length) >>> 2;
      const { u32 } = guest.refresh();
      const result = liftPoints(guest, u32[at]!, u32[at + 1]!);
      freePoints(at << 2);
      return result;
    },
    echoStrings(strings) {
      const pointer = lowerStrings(guest, strings);
      const at = echoStrings(pointer, strings.length) >>> 2;
      const { u32 } = guest.refresh();
      const result = liftStrings(guest, u32[at]!, u32[at + 1]!);
      freeStrings(at << 2);
      return result;
    },
    echoValues(values) {
      const pointer = lowerValues(guest, values);
      const at = echoValues(pointer, values.length) >>> 2;
      const { u32 } = guest.refresh();
      const result = liftValues(guest, u32[at]!, u32[at + 1]!);
      freeValues(at << 2);
      return result;
    },
  };
}

type RecordExports = Pick<
  BenchGuest,
  'echoPerson' | 'echoSettings' | 'echoManySettings' | 'echoTrees' | 'process'
>;

function recordExports(core: CoreExports, guest: GuestMemory): RecordExports {
  const echoPerson = core['echo-person'];
  const freePerson = core['cabi_post_echo-person'];
  const echoSettings = core['echo-settings'];
  const freeSettings = core['cabi_post_echo-settings'];
  const echoManySettings = core['echo-many-settings'];
  const freeManySettings = core['cabi_post_echo-many-settings'];
  const echoTrees = core['echo-trees'];
  const freeTrees = core['cabi_post_echo-trees'];
  const process = core.process;
  const freeProcess = core.cabi_post_process;

  return {
    echoPerson(person) {
      guest.lowerString(person.name);
      const { pointer: name, length: nameLength } = guest;
      guest.lowerString(person.email);
      const { pointer: email, length: emailLength } = guest;
      guest.lowerString(person.city);
      const at = echoPerson(person.id, name, nameLength, email, emailLength, guest.pointer, guest.length);
      guest.refresh();
      const result = liftPerson(guest, at >>> 0);
      freePerson(at);
      return result;
    },
    echoSettings(settings) {
      const pointer = guest.allocate(8, SETTINGS_SIZE);
      guest.refresh();
      lowerSettings(guest, settings, pointer);
      const at = echoSettings(pointer) >>> 0;
      guest.refresh();
      const result = liftSettings(guest, at);
      freeSettings(at);
      return result;
    },
    echoManySettings(settings) {
      const pointer = guest.allocate(8, settings.length * SETTINGS_SIZE);
      guest.refresh();
      for (let i = 0, at = pointer; i < settings.length; i++, at += SETTINGS_SIZE)
        lowerSettings(guest, settings[i]!, at);
      const at = echoManySettings(pointer, settings.length) >>> 2;
      const { u32 } = guest.refresh();
      const count = u32[at + 1]!;
      const result = arrayOfLength<Settings>(count);
      for (let i = 0, from = u32[at]!; i < count; i++, from += SETTINGS_SIZE)
        result[i] = liftSettings(guest, from);
      freeManySettings(at << 2);
      return result;
    },
    echoTrees(trees) {
      const pointer = lowerTrees(guest, trees);
      const at = echoTrees(pointer, trees.length) >>> 2;
      const { u32 } = guest.refresh();
      const result = liftTrees(guest, u32[at]!, u32[at + 1]!);
      freeTrees(at << 2);
      return result;
    },
    process(input, meta) {
      guest.lowerString(input);
      const { pointer, length } = guest;
      const tags = lowerStrings(guest, meta.tags);
      const at = process(pointer, length, meta.id, tags, meta.tags.length) >>> 0;
      const { u8, u32 } = guest.refresh();
      const isErr = u8[at] === 1;
      const text = guest.liftString(u32[(at >>> 2) + 1]!, u32[(at >>> 2) + 2]!);
      freeProcess(at);
      if (isErr) throw new ProcessError(text);
      return text;
    },
  };
}

function importCallingExports(
  core: CoreExports,
  guest: GuestMemory,
): Pick<BenchGuest, 'callAdd' | 'callEcho'> {
  const callAdd = core['call-add'];
  const callEcho = core['call-echo'];

  return {
    callAdd: (times) => callAdd(times) >>> 0,
    callEcho(times, text) {
      guest.lowerString(text);
      return callEcho(times, guest.pointer, guest.length) >>> 0;
    },
  };
}

function lowerPoints(guest: GuestMemory, points: readonly Point[]): number {
  const pointer = guest.allocate(8, points.length * 24);
  const { u32, f64 } = guest.refresh();
  let at = pointer;
  for (let i = 0; i < points.length; i++, at += 24) {
    const point = points[i]!;
    f64[at >>> 3] = point.x;
    f64[(at >>> 3) + 1] = point.y;
    u32[(at >>> 2) + 4] = point.id;
  }
  return pointer;
}

function liftPoints(guest: GuestMemory, pointer: number, count: number): Point[] {
  const { u32, f64 } = guest.views;
  const points = arrayOfLength<Point>(count);
  for (let i = 0, at = pointer; i < count; i++, at += 24) {
    points[i] = { x: f64[at >>> 3]!, y: f64[(at >>> 3) + 1]!, id: u32[(at >>> 2) + 4]! };
  }
  return points;
}

function lowerValues(guest: GuestMemory, values: readonly Value[]): number {
  const pointer = guest.allocate(8, values.length * 16);
  let { u8, u32, f64 } = guest.refresh();
  for (let i = 0, at = pointer; i < values.length; i++, at += 16) {
    const value = values[i]!;
    switch (value.tag) {
      case 'empty':
        u8[at] = 0;
        break;
      case 'flag':
        u8[at] = 1;
        u8[at + 8] = value.val ? 1 : 0;
        break;
      case 'number':
        u8[at] = 2;
        f64[(at >>> 3) + 1] = value.val;
        break;
      case 'text':
        guest.lowerString(value.val);
        ({ u8, u32, f64 } = guest.refresh());
        u8[at] = 3;
        u32[(at >>> 2) + 2] = guest.pointer;
        u32[(at >>> 2) + 3] = guest.length;
    }
  }
  return pointer;
}

function liftValues(guest: GuestMemory, pointer: number, count: number): Value[] {
  const values = arrayOfLength<Value>(count);
  for (let i = 0, at = pointer; i < count; i++, at += 16) values[i] = liftValue(guest, at);
  return values;
}

function liftValue(guest: GuestMemory, at: number): Value {
  const { u8, u32, f64 } = guest.views;
  switch (u8[at]) {
    case 0:
      return { tag: 'empty' };
    case 1:
      return { tag: 'flag', val: u8[at + 8] !== 0 };
    case 2:
      return { tag: 'number', val: f64[(at >>> 3) + 1]! };
    case 3:
      return { tag: 'text', val: guest.liftString(u32[(at >>> 2) + 2]!, u32[(at >>> 2) + 3]!) };
    default:
      throw new RangeError('the guest returned a `value` with an invalid discriminant');
  }
}

function liftPerson(guest: GuestMemory, pointer: number): Person {
  const { u32, u64 } = guest.views;
  const at = pointer >>> 2;
  return {
    id: u64[pointer >>> 3]!,
    name: guest.liftString(u32[at + 2]!, u32[at + 3]!),
    email: guest.liftString(u32[at + 4]!, u32[at + 5]!),
    city: guest.liftString(u32[at + 6]!, u32[at + 7]!),
  };
}
