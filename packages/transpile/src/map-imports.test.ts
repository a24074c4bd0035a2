import type { PlanImport } from '@wit-ts/plan';
import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { mapImports } from './map-imports.ts';

function importOf(name: string): PlanImport {
  return { path: [name, 'f'], item: { tag: 'func' } } as unknown as PlanImport;
}

it('finds the import that has exactly the name, whatever characters are in it', () => {
  const names = string({ unit: 'binary', minLength: 1 }).filter((name) => !name.includes('*'));
  assert(
    property(names, (name) => {
      const mapped = mapImports([importOf(`${name}x`), importOf(name)], { [name]: './module.js' });
      expect(mapped).toEqual([{ name, specifier: './module.js' }]);
    }),
    {
      examples: [['wasi:clocks/wall-clock'], ['a:b/c@1.0.0'], ['[a-z]+'], [String.raw`\d|^$`], ['__proto__']],
    },
  );
});
