import { describe, expect, it } from 'vitest';
import { textsOf, worldFrom } from './fixtures/from-contract.ts';

const f = { functions: { f: 'func()' } };

describe('files', () => {
  it('have a version in their names only if the names differ in nothing else', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: { 'a:b/i@1.0.0': f, 'a:b/i@2.0.0': f, 'a:b/j@2.0.0': f, 'a-b:c/d': f, 'a:b-c/d': f },
      }),
    );
    expect(Object.keys(texts)).toEqual([
      'w.ts',
      'interfaces/a-b-i@1.0.0.ts',
      'interfaces/a-b-i@2.0.0.ts',
      'interfaces/a-b-j.ts',
      'interfaces/a-b-c-d.ts',
      'interfaces/a-b-c-d$1.ts',
    ]);
    expect(texts['w.ts']).toContain('import type { I as I_1_0_0 } from "./interfaces/a-b-i@1.0.0.js";');
    expect(texts['w.ts']).toContain('  "a:b/i@1.0.0": I_1_0_0;\n  "a:b/i@2.0.0": I_2_0_0;\n');
  });

  it('import a type from the file that defines it, through any number of uses', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: {
          'a:b/x': { types: { t: 'record { n: u8 }' } },
          'a:b/y': { types: { u: 'use a:b/x.{t}' } },
          'a:b/z': { types: { t: 'use a:b/y.{u}', v: 'list<t>' }, functions: { f: 'func() -> t' } },
          v: 'use a:b/z.{t}',
          g: 'func(v: v)',
        },
      }),
    );
    expect(Object.keys(texts)).toEqual([
      'w.ts',
      'interfaces/a-b-x.ts',
      'interfaces/a-b-y.ts',
      'interfaces/a-b-z.ts',
    ]);
    expect(texts['interfaces/a-b-y.ts']).toContain('export type { U };');
    expect(texts['interfaces/a-b-z.ts']).toContain('import type { T } from "./a-b-x.js";');
    expect(texts['w.ts']).toContain('export type { V };');
    expect(texts['w.ts']).toContain('g(v: V): void;');
  });

  it('distinguish types with the same name by their interfaces', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: {
          'a:b/x': { types: { t: 'u8' } },
          'a:b/y': { types: { t: 'string' } },
          'a:b/z': {
            types: { one: 'use a:b/x.{t}', two: 'use a:b/y.{t}', u: 'tuple<one, two>' },
            functions: { f: 'func(a: a:b/x.{t}, b: a:b/y.{t}) -> u' },
          },
        },
      }),
    );
    expect(texts['interfaces/a-b-z.ts']).toContain('export type U = [One, Two];');
    expect(texts['interfaces/a-b-z.ts']).toContain('f(a: XT, b: YT): FromHost<U>;');
  });

  it('are shared by the import and the export of an interface without resources', async () => {
    const texts = await textsOf(
      worldFrom({ imports: { 'a:b/i': f }, exports: { 'a:b/i': 'interface a:b/i' } }),
    );
    expect(Object.keys(texts)).toEqual(['w.ts', 'interfaces/a-b-i.ts']);
    expect(texts['w.ts']).toContain('  "a:b/i": I;\n');
    expect(texts['w.ts']).toContain('  i: I;\n  "a:b/i": I;\n');
  });
});

describe('the world', () => {
  it('requires no import that the runtime does not read', async () => {
    const { 'w.ts': text } = await textsOf(
      worldFrom({ imports: { 'a:b/types': { types: { t: 'u8' } }, 'a:b/rs': { types: { r: 'resource' } } } }),
    );
    expect(text).not.toContain('"a:b/types": T');
    expect(text).toContain('  "a:b/rs"?: Rs;');
    expect(text).toContain('export const instantiate: Instantiate<WImports, object> =');
  });

  it('has functions and inline interfaces under JavaScript names', async () => {
    const { 'w.ts': text } = await textsOf(
      worldFrom({
        imports: { 'send-log': 'func()', 'in-line': f },
        exports: { 'do-it': 'func()', 'out-line': f },
      }),
    );
    expect(text).toContain('    sendLog(): void;\n    inLine: InLine;');
    expect(text).toContain('    sendLog: "send-log";\n    inLine: "in-line";');
    expect(text).toContain('  doIt(): void;\n  outLine: OutLine;\n}');
  });

  it('has one interface under two labels', async () => {
    const { 'w.ts': text } = await textsOf(
      worldFrom({ imports: { one: { implements: 'a:b/store', ...f }, two: 'interface one' } }),
    );
    expect(text).toContain('  one: Store;\n  two: Store;');
  });

  it('has no short names that are ambiguous, like the exports at run time', async () => {
    const { 'w.ts': text } = await textsOf(
      worldFrom({ exports: { 'a:b/i@1.0.0': f, 'a:b/i@2.0.0': f, 'a:b/j': f, j: 'func()' } }),
    );
    expect(text).not.toContain('  i: ');
    expect(text).toContain('  j(): void;');
    expect(text).not.toContain('  j: J');
  });

  it('can be instantiated if it has no imports and no exports', async () => {
    const { 'w.ts': text } = await textsOf(worldFrom({}));
    expect(text).toContain('export const instantiate: Instantiate<object, object> =');
  });
});
