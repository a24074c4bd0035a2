import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../decode/byte-reader.ts';
import {
  coreModule,
  EXTERN,
  coreName,
  exportedFunc,
  funcType,
  importOf,
  SECTION,
  section,
  unsigned,
  vector,
} from './module-writer.ts';
import { readModuleType } from './read-module.ts';

describe('the module writer', () => {
  it('writes integers that the reader reads back', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (value) => {
        expect(new ByteReader(Uint8Array.from(unsigned(value))).u32()).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (value) => {
        expect(new ByteReader(Uint8Array.from(unsigned(value))).u64()).toBe(value);
      }),
    );
  });

  it('writes names and vectors that the reader reads back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 300 }), (texts) => {
        const reader = new ByteReader(vector(texts.map(coreName)));
        expect(reader.vec(() => reader.name())).toEqual(texts);
        expect(reader.atEnd).toBe(true);
      }),
    );
  });

  it('writes a module that the engine and the module reader understand alike', () => {
    const type = { params: ['i32', 'i64', 'f32', 'f64', 'v128', 'funcref', 'externref'], results: ['i64'] };
    const bytes = coreModule([
      section(SECTION.type, [funcType(type)]),
      section(SECTION.import, [importOf('env', 'ä', [EXTERN.func, 0])]),
      section(SECTION.export, [exportedFunc('again', 0)]),
    ]);
    const module = new WebAssembly.Module(bytes);
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'ä', kind: 'function' }]);
    expect(WebAssembly.Module.exports(module)).toEqual([{ name: 'again', kind: 'function' }]);
    const read = readModuleType(bytes, 0);
    expect(read.imports).toEqual([{ module: 'env', name: 'ä', item: { tag: 'func', type } }]);
    expect(read.exports.get('again')).toEqual({ tag: 'func', type });
  });
});
