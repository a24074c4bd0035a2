import { describe, expect, it } from 'vitest';
import { componentWorld, decode, DecodeError, decodeWitPackage } from '../index.ts';
import * as b from '../fixtures/bytes.ts';

function unwritable(...sections: b.Bytes): string[] {
  return componentWorld(decode(b.component(...sections))).unwritable.map(
    ({ kind, name }) => `${kind} ${name}`,
  );
}

const FORGED = 'log: func();\n  export run';

/** A package in wasm form with a world that imports a function. */
const world = (name: string): Uint8Array => {
  const inner = b.componentType(b.declareType(b.func([])), b.declareImport(name, b.funcOf(0)));
  const outer = b.componentType(b.declareType(inner), b.declareExport('a:b/w', b.componentOf(0)));
  return b.component(b.types(outer), b.exports(b.exporting('w', b.TYPE, 0)));
};

describe('names that WIT cannot write', () => {
  it.each([
    FORGED,
    'a b',
    'aB',
    '',
    '\u001b[31m',
    'a\u202e',
    'a\u200b',
    '*/',
    '__proto__',
    'ａ',
    'a:b/c',
    '[x]y',
  ])('are found as names of functions: %j', (name) => {
    const func = b.types(b.func([]));
    expect(unwritable(func, b.imports(b.importing(name, b.funcOf(0))))).toEqual([`import ${name}`]);
    const exported = b.exports(b.exporting(name, b.FUNC, 0));
    expect(unwritable(func, b.imports(b.importing('f', b.funcOf(0))), exported)).toEqual([`export ${name}`]);
    const type = b.instanceType(b.declareType(b.func([])), b.declareExport(name, b.funcOf(0)));
    expect(unwritable(b.types(type), b.imports(b.importing('i', b.instanceOf(0))))).toEqual([
      `function ${name}`,
    ]);
  });

  it.each<[string, b.Bytes, string]>([
    ['fields', b.record([FORGED, b.U8]), 'part'],
    ['cases', b.variant([FORGED]), 'part'],
    ['cases of an enum', b.enumeration(FORGED), 'part'],
    ['flags', b.flags(FORGED), 'part'],
  ])('are found as names of %s', (_what, type, kind) => {
    expect(unwritable(b.types(type), b.imports(b.importing('t', b.typeEq(0))))).toEqual([
      `${kind} ${FORGED}`,
    ]);
  });

  it('are found as names of parameters and types', () => {
    const func = b.types(b.func([[FORGED, b.U8]]));
    expect(unwritable(func, b.imports(b.importing('f', b.funcOf(0))))).toEqual([`parameter ${FORGED}`]);
    expect(unwritable(b.types(b.flags('a')), b.imports(b.importing(FORGED, b.typeEq(0))))).toEqual([
      `import ${FORGED}`,
    ]);
  });

  it.each([
    ['a:b/c@1.0.0', []],
    ['a:b/c', []],
    // A canonical version is a name of components, and no version of WIT.
    ['a:b/c@0.2', ['interface a:b/c@0.2']],
    ["a:b/c'; import 'evil", ["interface a:b/c'; import 'evil"]],
    ['A:b/c', ['interface A:b/c']],
    ['a:b/c d', ['interface a:b/c d']],
  ])('are found as names of interfaces: %s', (name, expected) => {
    expect(unwritable(b.types(b.instanceType()), b.imports(b.importing(name, b.instanceOf(0))))).toEqual(
      expected,
    );
  });

  it('make a package in wasm form faulty, and are quoted in the message', () => {
    expect(decodeWitPackage(decode(world('f'))).package.worlds.has('w')).toBe(true);
    expect(() => decodeWitPackage(decode(world(FORGED)))).toThrow(
      String.raw`WIT cannot write the import name "log: func();\n  export run"`,
    );
  });
});

describe('the message of a DecodeError', () => {
  it('has no line breaks, control characters and characters that are not shown', () => {
    const { message, plainMessage } = new DecodeError('a\nb\u001bc\u202ed\u200be\u2028f', 7);
    expect(message).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf (at byte 0x7)');
    expect(plainMessage).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf');
  });
});
