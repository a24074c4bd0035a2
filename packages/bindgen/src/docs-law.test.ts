import type { Docs, Mutable, TypeDef, TypeDefKind, World } from '@wit-ts/model';
import * as fc from 'fast-check';
import ts from 'typescript-5.9';
import { expect, it } from 'vitest';
import { format } from './format.ts';
import { alone, worldFrom } from './fixtures/from-contract.ts';
import { generate } from './index.ts';

const contents = fc
  .array(
    fc.oneof(
      fc.constantFrom('*/', '/*', '*', '/', '\\', '\n', '\r', '`', '${', '@', '\u2028', ' ', '"'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
  )
  .map((parts) => parts.join(''));

/** A world with everything that can have documentation, documented. */
function documented(docs: Docs | undefined): World {
  const world = worldFrom({
    imports: {
      'a:b/i': {
        types: {
          r: 'record { f: u8, g: u8 }',
          v: 'variant { a, b(u8) }',
          e: 'enum { a, b }',
          f: 'flags { a, b }',
          t: 'u8',
          c: 'resource',
        },
        functions: { go: 'func() -> result', '[constructor]c': 'constructor()', '[method]c.m': 'func()' },
      },
    },
    exports: { run: 'func()' },
  });
  const about = docs === undefined ? {} : { docs };
  const item = world.imports.get('a:b/i');
  const run = world.exports.get('run');
  if (item?.tag !== 'interface' || run?.tag !== 'function')
    throw new Error('the contract says what they are');
  for (const def of item.interface.types.values())
    Object.assign(def, about, { kind: documentedKind(def.kind, about) });
  for (const func of item.interface.functions.values()) Object.assign(func, about);
  Object.assign(item.interface, about);
  Object.assign(run.function, about);
  return { ...world, ...about, imports: new Map([['a:b/i', { ...item, ...about }]]) };
}

function documentedKind(kind: TypeDef['kind'], about: { docs?: Docs }): Mutable<TypeDefKind> {
  switch (kind.tag) {
    case 'record':
      return { ...kind, fields: kind.fields.map((field) => ({ ...field, ...about })) };
    case 'variant':
      return { ...kind, cases: kind.cases.map((item) => ({ ...item, ...about })) };
    case 'enum':
      return { ...kind, cases: kind.cases.map((item) => ({ ...item, ...about })) };
    case 'flags':
      return { ...kind, flags: kind.flags.map((flag) => ({ ...flag, ...about })) };
    default:
      return kind;
  }
}

/** What a compiler sees of a text, but for bars and semicolons that come and go where prettier breaks a line. */
function tokens(text: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const found: string[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) found.push(scanner.getTokenText());
  return found.filter(
    (token, i) => !(token === '|' && found[i - 1] === '=') && !(token === ';' && found[i + 1] === '}'),
  );
}

it('documentation changes nothing that a compiler sees, and is formatted', async () => {
  const sides = ['host', 'guest'] as const;
  const bare = await Promise.all(
    sides.map((side) => generate(alone(documented(undefined)), documented(undefined), { side })),
  );
  await fc.assert(
    fc.asyncProperty(contents, async (text) => {
      const world = documented({ contents: text });
      for (const [i, side] of sides.entries()) {
        const files = await generate(alone(world), world, { side });
        expect(files.map((file) => tokens(file.content))).toEqual(
          bare[i]!.map((file) => tokens(file.content)),
        );
        for (const file of files) expect(await format(file.content)).toBe(file.content);
      }
    }),
    { numRuns: 40 },
  );
});
