import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camelCase, memberKeys, pascalCase } from './index.ts';

function keysOf(names: readonly string[]): string[] {
  return memberKeys(names.map((name) => ({ name })));
}

describe('NameClaims', () => {
  it.each([
    ['process-data', 'processData', 'ProcessData'],
    ['get-URL', 'getUrl', 'GetUrl'],
    ['HTTP-server', 'httpServer', 'HttpServer'],
    ['x', 'x', 'X'],
    ['a1-b2-3c', 'a1B23c', 'A1B23c'],
  ])('%s', (name, camel, pascal) => {
    expect(camelCase(name)).toBe(camel);
    expect(pascalCase(name)).toBe(pascal);
  });

  it('numbers names that clash', () => {
    expect(keysOf(['a-1', 'a1', 'b', 'A1'])).toEqual(['a1', 'a1$1', 'b', 'a1$2']);
  });

  it('keeps names as WIT has them if that is chosen', () => {
    const names = ['a-1', 'a1', 'GET-url'].map((name) => ({ name }));
    expect(memberKeys(names, { casing: 'wit' })).toEqual(['a-1', 'a1', 'GET-url']);
  });

  it('never gives one name twice', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-c](-?[a-c1]){0,3}$/u)), (names) => {
        expect(new Set(keysOf(names)).size).toBe(names.length);
      }),
    );
  });
});
