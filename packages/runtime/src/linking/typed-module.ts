import type { CoreFuncType } from '@wit-ts/component';

/** A core function that is imported under two names, with its type. */
export interface TypedFunction {
  readonly module: string;
  readonly name: string;
  readonly type: CoreFuncType;
}

/**
 * A core module that imports functions and exports them again, by number. Functions of JavaScript have no type of their own;
 * what it exports has the given one, so that the engine compares it, and what it imports is compared. Nothing where the
 * platform does not compile modules at run time.
 */
export function typedModule(functions: readonly TypedFunction[]): WebAssembly.Module | undefined {
  const bytes = Uint8Array.from([
    ...PREAMBLE,
    ...section(
      1,
      functions.map(({ type }) => [0x60, ...types(type.params), ...types(type.results)]),
    ),
    ...section(
      2,
      functions.map(({ module, name }, index) => [...text(module), ...text(name), 0, ...leb(index)]),
    ),
    ...section(
      7,
      functions.map((_, index) => [...text(String(index)), 0, ...leb(index)]),
    ),
  ]);
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return undefined;
  }
}

const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Whether the types that a function mentions mean the same in every module. */
export function isPlain({ params, results }: CoreFuncType): boolean {
  return [...params, ...results].every((type) => VALUE_TYPES.has(type));
}

const VALUE_TYPES: ReadonlyMap<string, number> = new Map([
  ['i32', 0x7f],
  ['i64', 0x7e],
  ['f32', 0x7d],
  ['f64', 0x7c],
  ['v128', 0x7b],
  ['funcref', 0x70],
  ['externref', 0x6f],
]);

function types(list: readonly string[]): number[] {
  return vector(list.map((type) => [VALUE_TYPES.get(type)!]));
}

function text(name: string): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...leb(bytes.length), ...bytes];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...leb(items.length), ...items.flat()];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = vector(items);
  return [id, ...leb(content.length), ...content];
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return bytes;
}
