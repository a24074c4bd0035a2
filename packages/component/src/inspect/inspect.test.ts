import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { contentsOf, coreModuleContents, readNames, readProducers } from './index.ts';

const producers = b.bytes(
  b.vec([b.str('language'), b.vec([b.str('Rust'), b.str('1.90')], [b.str('C'), b.str('')])]),
);

function nameSection(...subsections: b.Bytes): b.Bytes {
  return b.custom('component-name', ...subsections);
}

describe('readNames', () => {
  const names = nameSection(
    [0, b.sized(b.str('app'))],
    [1, b.sized([0x05], b.vec([b.u32(2), b.str('store')]))],
    [1, b.sized([0x00, 0x11], b.vec([b.u32(0), b.str('main')]))],
    [7, b.sized(b.str('of the future'))],
  );

  it('reads the name of the component and of its definitions', () => {
    const { name, of } = readNames(decode(b.component(names)));
    expect([name, of('instance', 2), of('core module', 0), of('func', 0)]).toEqual([
      'app',
      'store',
      'main',
      undefined,
    ]);
  });

  it('keeps the names before a fault', () => {
    const broken = nameSection([0, b.sized(b.str('app'))], [1, b.sized([0x05], [0xff, 0xff, 0x7f])]);
    expect(readNames(decode(b.component(broken))).name).toBe('app');
    expect(readNames(decode(b.component())).name).toBeUndefined();
  });
});

describe('readProducers', () => {
  it('lists the producers before a fault', () => {
    expect(readProducers(producers)).toEqual([
      { field: 'language', name: 'Rust', version: '1.90' },
      { field: 'language', name: 'C', version: '' },
    ]);
    expect(readProducers(producers.subarray(0, -3))).toHaveLength(1);
    expect(readProducers(new Uint8Array())).toEqual([]);
  });
});

const moduleBytes = b.bytes(
  [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  [0x01, b.sized(b.vec([0x60, 0, 0]))],
  [0x03, b.sized(b.vec([0]))],
  [0x07, b.sized(b.vec([b.str('run'), 0, 0]))],
  [0x0a, b.sized(b.vec(b.sized([0x00, 0x0b])))],
  b.custom('name', [0, b.sized(b.str('main'))]),
  b.custom('producers', ...producers),
);

describe('coreModuleContents', () => {
  it('counts the items of a module and measures its code', () => {
    expect(coreModuleContents(moduleBytes)).toEqual({
      name: 'main',
      imports: 0,
      exports: 1,
      functions: 1,
      code: 4,
      data: 0,
      custom: expect.any(Number),
      producers: readProducers(producers),
    });
  });

  it('returns the contents before a fault', () => {
    for (let end = 0; end < moduleBytes.length; end += 1) {
      expect(coreModuleContents(moduleBytes.subarray(0, end)).exports).toBeLessThanOrEqual(1);
    }
  });
});

describe('contentsOf', () => {
  it('measures nested components', () => {
    const bytes = b.component(
      b.custom('a', 1, 2, 3),
      [1, b.sized([...moduleBytes])],
      b.nested(b.nested(b.custom('b')), b.custom('c')),
      b.coreInstances([0x00, 0x00, b.vec()], [0x01, b.vec()]),
      b.custom('producers', ...producers),
    );
    const contents = contentsOf(decode(bytes), bytes);
    expect(contents).toMatchObject({
      offset: 0,
      size: bytes.length,
      modules: [{ name: 'main', size: moduleBytes.length }],
      coreInstances: [{ of: 0, items: [] }, { items: [] }],
      producers: [{ name: 'Rust' }, { name: 'C' }],
      customSections: [{ name: 'a', size: 3 }, { name: 'producers' }],
    });
    const [outer] = contents.components;
    expect(outer).toMatchObject({ components: [{ size: 8 + 4, customSections: [{ name: 'b', size: 0 }] }] });
    expect(outer?.size).toBe(8 + 2 + 12 + 4);
  });
});
