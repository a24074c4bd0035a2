import { ComponentInstance, Trap, type CanonicalOptions, type CoreFunction, type Engine } from '@wit-ts/abi';
import { typeOf, type VectorType } from './vector-types.ts';
import { fromJs, seenByHost, toJs, type VectorValue } from './vector-values.ts';

/** One line of `cabi-N.jsonl`. The README beside these files explains the keys. */
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

/** The size of the reference's memory, in bytes, when it lifted corrupted images. Reading beyond it must trap. */
const REFERENCE_MEMORY_SIZE = 32_768;

/** The first address that the vectors' allocator returns. */
const FIRST_ADDRESS = 8;

/**
 * Checks an engine against a vector: it lowers the value, lifts the memory image, and lifts each corrupted image.
 * Returns the first failure, or `undefined`.
 */
export function runVector(engine: Engine, vector: Vector): string | undefined {
  return checkLowering(engine, vector) ?? checkLifting(engine, vector) ?? checkCorruptions(engine, vector);
}

function checkLowering(engine: Engine, vector: Vector): string | undefined {
  const guest = new VectorGuest();
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
  // With different allocations the addresses differ too. Then only the lifted value can be compared.
  if (JSON.stringify(guest.calls) !== JSON.stringify(vector.realloc)) {
    return checkLifted(
      engine,
      vector,
      guest,
      flat,
      vector.value,
      'the value, lowered with different allocations,',
    );
  }
  const expected = vector.flat.map(([type, value]) => bits(type, value));
  const found = flat.map((value, index) => bits(vector.flat[index]![0], value));
  if (found.join() !== expected.join())
    return `expected the core values ${expected.join()}, got ${found.join()}`;
  const image = guest.image();
  return image === vector.memory ? undefined : `expected the memory ${vector.memory}, got ${image}`;
}

function checkLifting(engine: Engine, vector: Vector): string | undefined {
  return checkLifted(
    engine,
    vector,
    VectorGuest.withMemory(vector.memory),
    flatOf(vector),
    vector.value,
    'the memory image',
  );
}

function checkCorruptions(engine: Engine, vector: Vector): string | undefined {
  for (const [index, { bytes, value, trap }] of vector.patched.entries()) {
    const guest = VectorGuest.withMemory(vector.memory);
    for (const [offset, byte] of bytes) guest.bytes[offset] = byte;
    const expected = trap === true ? undefined : value;
    const found = checkLifted(
      engine,
      vector,
      guest,
      flatOf(vector),
      expected,
      `the corrupted image ${index}`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lifts core values and compares the result. `expected` is `undefined` when lifting must trap. */
function checkLifted(
  engine: Engine,
  vector: Vector,
  guest: VectorGuest,
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
  if (expected === undefined)
    return `${what} was lifted to ${JSON.stringify(seen)}, but lifting it must trap`;
  const wanted = JSON.stringify(seenByHost(vector.type, expected));
  return JSON.stringify(seen) === wanted
    ? undefined
    : `${what} was lifted to ${JSON.stringify(seen)}, expected ${wanted}`;
}

/**
 * A memory with the allocator of the vectors, which starts at address 8 and never frees. The reference's memory is
 * smaller than a wasm page, so this is an ArrayBuffer in the shape of a memory and not a `WebAssembly.Memory`.
 */
class VectorGuest {
  readonly calls: number[][] = [];
  readonly #buffer: { buffer: ArrayBuffer } = { buffer: new ArrayBuffer(FIRST_ADDRESS) };

  static withMemory(image: string): VectorGuest {
    const guest = new VectorGuest();
    const bytes = Uint8Array.from(image.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
    guest.#grow(Math.max(FIRST_ADDRESS + bytes.length, REFERENCE_MEMORY_SIZE));
    guest.bytes.set(bytes, FIRST_ADDRESS);
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
    return Array.from(this.bytes.subarray(FIRST_ADDRESS), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );
  }

  /** Detaches the old buffer, as growing a memory does. */
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

/** Returns the vector's core values as wasm passes them to JavaScript: integers are signed. */
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

/** Returns a core value as its bits. In a vector, floats are bits already. */
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
