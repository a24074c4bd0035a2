import { describe, expect, it } from 'vitest';
import type { ExternName } from '../ast.ts';
import * as b from '../fixtures/bytes.ts';
import { decode } from './decode-explained.ts';

function name(content: b.Bytes): ExternName | undefined {
  const [definition] = decode(b.component(b.imports([content, b.subResource()]))).definitions;
  return definition?.tag === 'import' ? definition.name : undefined;
}

describe('names', () => {
  it('have three forms', () => {
    expect(name([0x00, b.str('a')])).toEqual({ name: 'a' });
    expect(name([0x01, b.str('a:b/c')])).toEqual({ name: 'a:b/c' });
    expect(name(b.attributed('a', [0, 'a:b/c'], [1, '.6'], [2, 'x']))).toEqual({
      name: 'a',
      implements: 'a:b/c',
      versionSuffix: '.6',
      externalId: 'x',
    });
  });

  it('keep repeated attributes for the validator', () => {
    expect(name(b.attributed('a', [2, 'x'], [2, 'y']))).toEqual({
      name: 'a',
      externalId: 'x',
      repeated: ['externalId'],
    });
  });

  it('may not have an unknown form or attribute', () => {
    expect(() => name([0x03, b.str('a')])).toThrow(/not a form of import or export name/u);
    expect(() => name([0x02, b.str('a'), b.vec([3, b.str('x')])])).toThrow(/unknown attribute/u);
  });
});
