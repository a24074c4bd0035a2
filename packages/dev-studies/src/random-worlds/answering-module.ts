import {
  encodeSection,
  readUnsignedLeb128,
  unsignedLeb128,
  wasmSections,
  type WasmSection,
} from '@wit-ts/dev-support/wasm-sections';

const SECTION = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10 };

/** Constants of 0 by the type of a number: `i32.const 0`, and so on. */
const ZERO: Readonly<Record<number, readonly number[]>> = {
  0x7f: [0x41, 0x00],
  0x7e: [0x42, 0x00],
  0x7d: [0x43, 0, 0, 0, 0],
  0x7c: [0x44, 0, 0, 0, 0, 0, 0, 0, 0],
};

/** `i32.const 1024`: allocations are behind the bytes that results are read from. */
const ALLOCATED = [0x41, 0x80, 0x08];

/**
 * Changes a core module whose functions trap, as `componentEmbed` writes for a world: each function returns zeros, so
 * that its result is empty lists, the first cases and the like. The memory has a page, which is read from address 0.
 */
export function answeringModule(core: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const sections = wasmSections(core);
  const results = resultTypes(contentOf(sections, SECTION.type));
  const types = numbersIn(contentOf(sections, SECTION.function));
  const allocator =
    allocatorIndex(contentOf(sections, SECTION.export)) -
    importedFunctions(contentOf(sections, SECTION.import));
  const bodies = types.map((type, index) => {
    const code =
      index === allocator ? ALLOCATED : (results[type] ?? []).flatMap((result) => ZERO[result] ?? []);
    const body = [0, ...code, 0x0b];
    return [...unsignedLeb128(body.length), ...body];
  });
  const parts = sections.map(({ id, content }) => {
    if (id === SECTION.code) return encodeSection(id, [...unsignedLeb128(bodies.length), ...bodies.flat()]);
    // One memory of at least a page.
    return encodeSection(id, id === SECTION.memory ? [1, 0, 1] : content);
  });
  return new Uint8Array(Buffer.concat([core.subarray(0, 8), ...parts]));
}

function contentOf(sections: readonly WasmSection[], id: number): Uint8Array {
  return sections.find((section) => section.id === id)?.content ?? Uint8Array.of(0);
}

/** The result types of function types: the module has no other types. */
function resultTypes(content: Uint8Array): readonly (readonly number[])[] {
  const reader = new Reader(content);
  return reader.list(() => {
    reader.byte();
    reader.list(() => reader.byte());
    return reader.list(() => reader.byte());
  });
}

function numbersIn(content: Uint8Array): readonly number[] {
  const reader = new Reader(content);
  return reader.list(() => reader.number());
}

/** The module imports nothing but functions. */
function importedFunctions(content: Uint8Array): number {
  return readUnsignedLeb128(content, 0).value;
}

/** Returns the index of `cabi_realloc`, or -1. */
function allocatorIndex(content: Uint8Array): number {
  const reader = new Reader(content);
  const exports = reader.list(() => ({ name: reader.text(), kind: reader.byte(), index: reader.number() }));
  return exports.find(({ name, kind }) => kind === 0 && name.endsWith('realloc'))?.index ?? -1;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    return this.#bytes[this.#at++]!;
  }

  number(): number {
    const { value, end } = readUnsignedLeb128(this.#bytes, this.#at);
    this.#at = end;
    return value;
  }

  text(): string {
    const length = this.number();
    this.#at += length;
    return new TextDecoder().decode(this.#bytes.subarray(this.#at - length, this.#at));
  }

  list<T>(item: () => T): T[] {
    return Array.from({ length: this.number() }, item);
  }
}
