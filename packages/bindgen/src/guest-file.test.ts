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
});
