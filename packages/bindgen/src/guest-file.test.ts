import { describe, expect, it } from 'vitest';
import { textsOf, worldFrom } from './fixtures/from-contract.ts';

describe('declarations for guests', () => {
  it('refer to globals of which a type has the name', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: {
          'a:b/i': {
            types: { symbol: 'resource', other: 'resource', disposable: 'u8' },
            functions: { '[constructor]symbol': 'constructor()', 'global-this': 'func(a: symbol)' },
          },
          'global-this': 'func()',
        },
      }),
      { side: 'guest' },
    );
    const text = texts['interfaces/a-b-i.d.ts'] ?? '';
    expect(text).toContain(
      '  export class Symbol implements globalThis.Disposable {\n' +
        '    constructor();\n' +
        '    [globalThis.Symbol.dispose](): void;\n',
    );
    expect(text).toContain('function globalThis_(a: Symbol): void;\n  export { globalThis_ as globalThis };');
    expect(texts['w.d.ts']).toContain('export default function globalThis_(): void;');
    expect(texts['w.d.ts']).toContain('/// <reference lib="esnext.disposable" />');
  });

  it('have the classes that the world imports, in its module and in that of componentize-js', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: {
          conn: 'resource',
          'conn-pool': 'resource',
          '[constructor]conn': 'constructor(url: string)',
          '[method]conn.ping': 'func() -> result<u32, string>',
          '[static]conn.dial': 'static func(a: conn) -> conn',
          connect: 'func() -> conn',
        },
        exports: { serve: 'func(c: conn)' },
      }),
      { side: 'guest' },
    );
    const text = texts['w.d.ts'] ?? '';
    expect(text).toContain('declare module "$root" {\n  export { Conn, ConnPool } from "test:case/w";\n}\n');
    expect(text).toContain('export class Conn implements Disposable {\n    constructor(url: string);\n');
    expect(text).toContain(
      '    ping(): number;\n    static dial(a: Conn): Conn;\n    [Symbol.dispose](): void;',
    );
    expect(text).toContain('export class ConnPool implements Disposable {\n    private constructor();\n');
    expect(text).toContain('serve(c: Conn): void;');
  });
});
