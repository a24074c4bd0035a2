import { describe, expect, it } from 'vitest';
import { CORE_MODULE, EMPTY_COMPONENT, IMPORTING_COMPONENT, place } from '../fixtures/run.ts';

describe('wit-ts inspect', () => {
  it('says what is inside', async () => {
    const here = await place({ 'app.wasm': IMPORTING_COMPONENT });
    const { code, out } = await here.run('inspect app.wasm --json');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        size: 23,
        coreModules: [],
        components: 0,
        coreInstances: 0,
        instances: 0,
        lifts: 0,
        lowers: 0,
        stringEncodings: [],
        async: false,
        imports: [{ name: 'f', kind: 'function' }],
        exports: [],
        capabilities: [{ name: 'host: f', imports: [{ name: 'f', functions: ['f'] }] }],
        customSections: [],
      },
    ]);
    const text = await here.run('inspect app.wasm');
    expect(text.out).toContain('app.wasm\n  size');
    expect(text.out).toContain('    f (function)');
  });

  it('reads standard input', async () => {
    const { code, out } = await (await place()).run('inspect -', { stdin: EMPTY_COMPONENT });
    expect(code).toBe(0);
    expect(out).toContain('asks for nothing of the outside');
  });

  it.each([
    ['a core module', CORE_MODULE, 'core module'],
    ['text', new TextEncoder().encode('package a:b;'), 'is no component'],
    ['bytes that end', EMPTY_COMPONENT.subarray(0, 6), 'the bytes end'],
  ])('exits with 3 for %s', async (_, bytes, message) => {
    const { code, out, err } = await (await place({ 'app.wasm': bytes })).run('inspect app.wasm');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(message);
  });
});
