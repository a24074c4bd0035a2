import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceMapAddress, withSourceMapAddress } from '../source-maps.ts';
import { coreModule, coreName, concatenate, section, SECTION, sectionOf } from './module-writer.ts';

const custom = (name: string, content: Uint8Array): Uint8Array =>
  sectionOf(0, concatenate([coreName(name), content]));
const types = section(SECTION.type, [[0x60, 0, 0]]);

function moduleAt(address: string): Uint8Array {
  return coreModule([types, custom('sourceMappingURL', coreName(address)), custom('name', Uint8Array.of(0))]);
}

describe('the address of a source map', () => {
  it('is that of the custom section, wherever that is', () => {
    const module = coreModule([
      custom('producers', Uint8Array.of(0)),
      types,
      custom('sourceMappingURL', coreName('./a.wasm.map')),
      custom('name', Uint8Array.of(9)),
    ]);
    expect(sourceMapAddress(module)).toBe('./a.wasm.map');
  });

  it('is absent without one, and in bytes that are no module', () => {
    expect(sourceMapAddress(coreModule([types]))).toBeUndefined();
    expect(withSourceMapAddress(coreModule([types]), 'x')).toEqual(coreModule([types]));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => sourceMapAddress(bytes) === undefined));
  });

  it('is replaced, and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(withSourceMapAddress(moduleAt(before), after)).toEqual(moduleAt(after));
        // A name is at most 100,000 bytes, and text that is not Unicode has none.
        expect(sourceMapAddress(moduleAt(after.toWellFormed()))).toBe(after.toWellFormed());
      }),
    );
  });
});
