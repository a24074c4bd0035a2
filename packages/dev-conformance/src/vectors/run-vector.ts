import { ComponentInstance, Trap, type CanonicalOptions, type CoreFunction, type Engine } from '@wit-ts/abi';
import { typeOf, type VectorType } from './types.ts';
import { fromJs, seenByHost, toJs, type VectorValue } from './values.ts';

/** One line of `cabi-N.jsonl`; the README beside them says what the keys mean. */
export interface Vector {
  readonly type: VectorType;
  readonly encoding: CanonicalOptions['stringEncoding'];
  readonly value: VectorValue;
  readonly spilled: boolean;
  readonly flat: readonly (readonly ['i32' | 'i64' | 'f32' | 'f64', number | string])[];
  readonly realloc: readonly (readonly [number, number, number, number])[];
  readonly memory: string;
  readonly patched: readonly {
    readonly bytes: readonly (readonly [number, number])[];
    readonly value?: VectorValue;
    readonly trap?: true;
  }[];
}

/** How many bytes the reference's memory had when it lifted corrupted images: what lies beyond must trap. */
const REFERENCE_MEMORY = 32_768;

/** The allocator's first address. */
const START = 8;

/** Lowers the value, lifts the image, lifts its corruptions. Gives what is wrong, or nothing. */
export function runVector(engine: Engine, vector: Vector): string | undefined {
  return lowers(engine, vector) ?? lifts(engine, vector) ?? corruptions(engine, vector);
}

function lowers(engine: Engine, vector: Vector): string | undefined {
  const guest = new Guest();
  let flat: (number | bigint)[] = [];
  const core: CoreFunction = (...values) => {
    flat = values;
    return undefined;
  };
  const prepared = engine.lift({
    type: { params: [{ name: 'value', type: typeOf(vector.type) }], async: false },
    options: options(vector),
    name: 'vector',
    call: 'function',
  });
  const call = prepared.bind({
    core,
    memory: guest.memory,
    realloc: guest.realloc,
    instance: instance(),
    resources: [],
  });
  (call as (value: unknown) => unknown)(toJs(vector.type, vector.value));
  // With other allocations come other addresses; what they hold must be the value all the same.
  if (JSON.stringify(guest.calls) !== JSON.stringify(vector.realloc)) {
    return lifted(engine, vector, guest, flat, vector.value, 'lowered differently, and');
  }
  const expected = vector.flat.map(([type, value]) => bits(type, value));
  const found = flat.map((value, index) => bits(vector.flat[index]![0], value));
  if (found.join() !== expected.join())
    return `lowered to the core values ${found.join()}, not ${expected.join()}`;
  const image = guest.image();
  return image === vector.memory ? undefined : `lowered to the memory ${image}, not ${vector.memory}`;
}

function lifts(engine: Engine, vector: Vector): string | undefined {
  return lifted(engine, vector, Guest.holding(vector.memory), flatOf(vector), vector.value, 'the image');
}

function corruptions(engine: Engine, vector: Vector): string | undefined {
  for (const [index, { bytes, value, trap }] of vector.patched.entries()) {
    const guest = Guest.holding(vector.memory);
    for (const [offset, byte] of bytes) guest.bytes[offset] = byte;
    const expected = trap === true ? undefined : value;
    const found = lifted(engine, vector, guest, flatOf(vector), expected, `corruption ${index}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lifts core values; `expected` is absent where that must trap. */
function lifted(
  engine: Engine,
  vector: Vector,
  guest: Guest,
  flat: readonly (number | bigint)[],
  expected: VectorValue | undefined,
  what: string,
): string | undefined {
  let seen: unknown;
  const prepared = engine.lower({
    type: { params: [{ name: 'value', type: typeOf(vector.type) }], async: false },
    options: options(vector),
    name: 'vector',
    call: { tag: 'function' },
  });
  const callee = (value: unknown): void => {
    seen = fromJs(vector.type, value);
  };
  const state = instance();
  const core = prepared.bind({
    callee,
    memory: guest.memory,
    realloc: guest.realloc,
    instance: state,
    resources: [],
  });
  try {
    core(...flat);
  } catch (error) {
    if (!(state.failure instanceof Trap)) throw error;
    if (expected === undefined) return undefined;
    return `${what} trapped: ${state.failure.message}`;
  }
  if (expected === undefined) return `${what} lifted to ${JSON.stringify(seen)} instead of trapping`;
  const wanted = JSON.stringify(seenByHost(vector.type, expected));
  return JSON.stringify(seen) === wanted
    ? undefined
    : `${what} lifted to ${JSON.stringify(seen)}, not ${wanted}`;
}

/**
 * A memory with the allocator of the vectors: from 8, upwards, never freeing. The reference's memory is shorter than a page
 * of wasm, so this is a buffer that looks like a memory.
 */
class Guest {
  readonly calls: number[][] = [];
  readonly #buffer: { buffer: ArrayBuffer } = { buffer: new ArrayBuffer(START) };

  static holding(image: string): Guest {
    const guest = new Guest();
    const bytes = Uint8Array.from(image.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
    guest.#grow(Math.max(START + bytes.length, REFERENCE_MEMORY));
    guest.bytes.set(bytes, START);
    return guest;
  }

  get memory(): WebAssembly.Memory {
    return this.#buffer as unknown as WebAssembly.Memory;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#buffer.buffer);
  }

  readonly realloc: CoreFunction = (...args) => {
    const [old, oldSize, alignment, size] = args.map(Number) as [number, number, number, number];
    this.calls.push([old, oldSize, alignment, size]);
    const at = Math.ceil(this.bytes.length / alignment) * alignment;
    this.#grow(at + size);
    this.bytes.copyWithin(at, old, old + Math.min(oldSize, size));
    return at;
  };

  image(): string {
    return Array.from(this.bytes.subarray(START), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** As a memory does: what views were of before is detached. */
  #grow(length: number): void {
    this.#buffer.buffer = this.#buffer.buffer.transfer(length);
  }
}

function options({ encoding }: Vector): CanonicalOptions {
  return {
    stringEncoding: encoding,
    memory: 'i32',
    realloc: true,
    postReturn: false,
    async: false,
    callback: false,
  };
}

function instance(): ComponentInstance {
  return new ComponentInstance('vector');
}

const scratch = new DataView(new ArrayBuffer(8));

/** The core values as wasm hands them over: integers signed. */
function flatOf({ flat }: Vector): (number | bigint)[] {
  return flat.map(([type, value]) => {
    if (type === 'i32') return Number(value) | 0;
    if (type === 'i64') return BigInt.asIntN(64, BigInt(value));
    if (type === 'f32') {
      scratch.setUint32(0, Number(value));
      return scratch.getFloat32(0);
    }
    scratch.setBigUint64(0, BigInt(value));
    return scratch.getFloat64(0);
  });
}

/** A core value as its bits, whether the vector's (floats are bits already) or the engine's. */
function bits(type: 'i32' | 'i64' | 'f32' | 'f64', value: number | string | bigint | boolean): string {
  if (type === 'i32') return String(Number(value) >>> 0);
  if (type === 'i64') return String(BigInt.asUintN(64, BigInt(value)));
  if (typeof value === 'string') return value;
  if (type === 'f32') {
    scratch.setFloat32(0, Number(value));
    return `0x${scratch.getUint32(0).toString(16).padStart(8, '0')}`;
  }
  scratch.setFloat64(0, Number(value));
  return `0x${scratch.getBigUint64(0).toString(16).padStart(16, '0')}`;
}
