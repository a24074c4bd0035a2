import type { Random } from '@wit-ts/dev-support/random';

/** Makes a component whose size grows with `n` in one way. `random` chooses orders. */
type BinaryShape = (n: number, random: Random) => Uint8Array;

type Bytes = readonly number[];

const encoder = new TextEncoder();

function u32(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}

/** A type index where an opcode may be as well: its sign bit is 0. */
function index(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 64) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}

function text(name: string): number[] {
  const bytes = encoder.encode(name);
  return [...u32(bytes.length), ...bytes];
}

function join(parts: readonly (Bytes | Uint8Array)[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function section(id: number, items: readonly (Bytes | Uint8Array)[]): Uint8Array {
  const content = join([u32(items.length), ...items]);
  return join([[id], u32(content.length), content]);
}

function component(...sections: readonly Uint8Array[]): Uint8Array {
  return join([[0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0], ...sections]);
}

function nested(inner: Uint8Array): Uint8Array {
  return join([[4], u32(inner.length), inner]);
}

function each<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}

const types = (items: readonly (Bytes | Uint8Array)[]): Uint8Array => section(7, items);
const imports = (items: readonly Bytes[]): Uint8Array => section(10, items);
const exports = (items: readonly Bytes[]): Uint8Array => section(11, items);
const instances = (items: readonly Bytes[]): Uint8Array => section(5, items);
const name = (plain: string): number[] => [0, ...text(plain)];
const FUNC: Bytes = [0x40, 0, 1, 0];
const importing = (plain: string, sort: number, of: number): Bytes => [...name(plain), sort, ...u32(of)];
const exporting = (plain: string, sort: number, of: number): Bytes => [...name(plain), sort, ...u32(of), 0];
/** The export of a function of type 0 in the declarations of a type. */
const declaration = (plain: string, sort: number, of: number): Bytes => [4, ...name(plain), sort, ...u32(of)];
const instanceType = (items: readonly Bytes[]): Uint8Array => join([[0x42], u32(items.length), ...items]);
const FUNC_SORT = 1;
const TYPE_SORT = 3;
const INSTANCE_SORT = 5;

export const binaryShapes: Readonly<Record<string, BinaryShape>> = {
  imports: (n) => component(types([FUNC]), imports(each(n, (i) => importing(`fn${i}`, FUNC_SORT, 0)))),
  'exports of one function': (n) =>
    component(
      types([FUNC]),
      imports([importing('fn', FUNC_SORT, 0)]),
      exports(each(n, (i) => exporting(`fn${i}`, FUNC_SORT, 0))),
    ),
  types: (n) => component(types(each(n, (i) => [0x70, 0x7d - (i % 4)]))),
  fields: (n) =>
    component(
      types([join([[0x72], u32(n), ...each(n, (i) => [...text(`a${i}`), 0x7d])])]),
      imports([[...name('t'), TYPE_SORT, 0, 0]]),
    ),
  cases: (n) =>
    component(
      types([join([[0x71], u32(n), ...each(n, (i) => [...text(`a${i}`), 0, 0])])]),
      imports([[...name('t'), TYPE_SORT, 0, 0]]),
    ),
  parameters: (n) =>
    component(
      types([join([[0x40], u32(n), ...each(n, (i) => [...text(`a${i}`), 0x7d]), [1, 0]])]),
      imports([importing('fn', FUNC_SORT, 0)]),
    ),
  'functions of an interface': (n) =>
    component(
      types([instanceType([[1, ...FUNC], ...each(n, (i) => declaration(`fn${i}`, FUNC_SORT, 0))])]),
      imports([importing('a:b/c', INSTANCE_SORT, 0)]),
    ),
  interfaces: (n) =>
    component(
      types([instanceType([[1, ...FUNC], declaration('fn', FUNC_SORT, 0)])]),
      imports(each(n, (i) => importing(`a:b/c${i}`, INSTANCE_SORT, 0))),
    ),
  'a chain of lists': (n) => component(types([[0x70, 0x7d], ...each(n - 1, (i) => [0x70, ...index(i)])])),
  'a chain of names of a type': (n) =>
    component(types([[0x6d, 1, ...text('a')]]), exports(each(n, (i) => exporting(`t${i}`, TYPE_SORT, i)))),
  'a chain of aliases of an instance': (n) =>
    component(
      types([instanceType([[1, ...FUNC], declaration('fn', FUNC_SORT, 0)])]),
      imports([importing('i', INSTANCE_SORT, 0)]),
      section(
        6,
        each(n, () => [FUNC_SORT, 0, 0, ...text('fn')]),
      ),
    ),
  'instances that hold each other': (n) =>
    component(
      instances(each(n, (i) => (i === 0 ? [1, 0] : [1, 1, ...name('a'), INSTANCE_SORT, ...u32(i - 1)]))),
    ),
  'nested instance types': (n) => {
    let type = instanceType([]);
    for (let i = 0; i < Math.min(n, 3000); i += 1)
      type = instanceType([[1, ...type], declaration('a', INSTANCE_SORT, 0)]);
    return component(types([type]));
  },
  'instance types that double': (n) =>
    component(
      types([
        instanceType([[1, ...FUNC], declaration('fn', FUNC_SORT, 0)]),
        ...each(n, (i) =>
          instanceType([
            [2, TYPE_SORT, 2, 1, ...u32(i)],
            declaration('a', INSTANCE_SORT, 0),
            declaration('b', INSTANCE_SORT, 0),
          ]),
        ),
      ]),
      imports([importing('i', INSTANCE_SORT, n)]),
    ),
  'nested components': (n) => {
    let inner = component();
    for (let i = 0; i < Math.min(n, 3000); i += 1) inner = component(nested(inner));
    return inner;
  },
  'components that instantiate the one before twice': (n) => {
    let inner = component(types([FUNC]));
    for (let i = 0; i < Math.min(n, 99); i += 1)
      inner = component(
        nested(inner),
        instances([
          [0, 0, 0],
          [0, 0, 0],
        ]),
      );
    return inner;
  },
  'instances of one component': (n) => component(nested(component()), instances(each(n, () => [0, 0, 0]))),
  'core types': (n) =>
    component(
      section(
        3,
        each(n, () => [0x60, 1, 0x7f, 0]),
      ),
    ),
  'core types that refer to the one before': (n) =>
    component(
      section(
        3,
        each(n, (i) => [0x60, 1, 0x63, ...index(Math.max(0, i - 1)), 0]),
      ),
    ),
  'imports of a module type': (n) =>
    component(
      section(3, [
        join([[0x50], u32(n + 1), [1, 0x60, 0, 0], ...each(n, (i) => [0, 1, 0x6d, ...text(`f${i}`), 0, 0])]),
      ]),
      imports([[...name('m'), 0, 0x11, 0]]),
    ),
  'resources and their drops': (n) =>
    component(
      types(each(n, () => [0x3f, 0x7f, 0])),
      section(
        8,
        each(n, (i) => [3, ...u32(i)]),
      ),
    ),
  'custom sections': (n) =>
    component(...each(n, (i) => join([[0], u32(text(`s${i}`).length), text(`s${i}`)]))),
  'a long name': (n) => component(types([FUNC]), imports([importing('a'.repeat(n), FUNC_SORT, 0)])),
  'a name of many words': (n) =>
    component(types([FUNC]), imports([importing(`a${'-1'.repeat(n / 2)}`, FUNC_SORT, 0)])),
  'names that are not names': (n) =>
    component(types([FUNC]), imports(each(n, (i) => importing(`A_${i}\n`, FUNC_SORT, 0)))),
  'indices beyond the index space': (n) => component(types(each(n, (i) => [0x70, ...index(i + n)]))),
};
