import type { CoreFuncType, CoreValType } from '../ast.ts';

/** Bytes of a binary, or a part of one. */
export type Bytes = Uint8Array | readonly number[];

/** The sections of a core module that are written here, by their names (core specification, "Modules"). */
export const SECTION = {
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** The sorts of core imports and exports that are written here. */
export const EXTERN = { func: 0, table: 1, global: 3 } as const;

const PREAMBLE: Bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const VALUE_TYPES: ReadonlyMap<CoreValType, number> = new Map([
  ['i32', 0x7f],
  ['i64', 0x7e],
  ['f32', 0x7d],
  ['f64', 0x7c],
  ['v128', 0x7b],
  ['funcref', 0x70],
  ['externref', 0x6f],
]);

/** Returns a core module made of the given sections, which must be in the order of the specification. */
export function coreModule(sections: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  return concatenate([PREAMBLE, ...sections]);
}

/** Returns a section that holds a vector of items. */
export function section(id: number, items: readonly Bytes[]): Uint8Array {
  return sectionOf(id, vector(items));
}

/** Returns a section with the given content. */
export function sectionOf(id: number, content: Bytes): Uint8Array {
  return concatenate([[id], unsigned(content.length), content]);
}

/** Returns a vector: the number of items, then the items. */
export function vector(items: readonly Bytes[]): Uint8Array {
  return concatenate([unsigned(items.length), ...items]);
}

/** Returns an unsigned integer as LEB128, in as few bytes as possible. */
export function unsigned(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return bytes;
}

/** Returns a name: its length in bytes, then its UTF-8. */
export function coreName(text: string): Uint8Array {
  const utf8 = new TextEncoder().encode(text);
  return concatenate([unsigned(utf8.length), utf8]);
}

/** Returns whether `funcType` can write a type: its value types mean the same in every module. */
export function isWritable({ params, results }: CoreFuncType): boolean {
  return [...params, ...results].every((type) => VALUE_TYPES.has(type));
}

/** Returns a function type of the type section. Every value type must be one that `isWritable` accepts. */
export function funcType({ params, results }: CoreFuncType): Uint8Array {
  return concatenate([[0x60], valueTypes(params), valueTypes(results)]);
}

/** Returns an import; `description` is its sort, followed by its type. */
export function importOf(module: string, field: string, description: Bytes): Uint8Array {
  return concatenate([coreName(module), coreName(field), description]);
}

/** Returns an export of the function at an index. */
export function exportedFunc(field: string, index: number): Uint8Array {
  return concatenate([coreName(field), [EXTERN.func], unsigned(index)]);
}

/** Returns the parts one after the other. */
export function concatenate(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function valueTypes(types: readonly CoreValType[]): Uint8Array {
  return vector(types.map((type) => [VALUE_TYPES.get(type)!]));
}
