import ts from 'typescript-5.9';
import { sample } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureNames, goldenFiles } from './fixtures/fixture-files.ts';
import { alone } from './fixtures/from-contract.ts';
import { randomWorld } from './fixtures/random-world.ts';
import { generate } from './index.ts';

/** Names that every file has: keywords, and types of the platform. */
const EVERYWHERE = new Set(
  (
    'string number bigint boolean undefined object void tag val payload Error Uint8Array Int8Array Uint16Array Int16Array ' +
    'Uint32Array Int32Array BigUint64Array BigInt64Array Float32Array Float64Array Map Array Promise PromiseLike AsyncIterable'
  ).split(' '),
);

/** The names in braces of the JSDoc comments, without literals and without names after a dot. */
function namesInDocs(text: string): string[] {
  const comments = text.match(/\/\*\*[\s\S]*?\*\//gu) ?? [];
  return comments.flatMap((comment) =>
    (comment.match(/@throws \{.*\}$|@throws \{.*\} \*\/$|\{@\w+ [^}]*\}/gmu) ?? []).flatMap((tag) => {
      const inside = tag.slice(tag.indexOf('{')).replaceAll(/@\w+|"[^"]*"|\.\s*\w+|\bglobalThis\b/gu, '');
      return inside.match(/[A-Za-z_$][\w$]*/gu) ?? [];
    }),
  );
}

/** The names that a file declares or imports. */
function namesInScope(path: string, text: string): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isDeclaration =
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node);
    if (isDeclaration && node.name !== undefined) found.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
}

/**
 * Returns the names in comments that the file does not have. `ComponentError` and `LinkError` are classes of the
 * runtime, which hosts have.
 */
function unknownNames(path: string, text: string, side: 'host' | 'guest'): string[] {
  const scope = namesInScope(path, text);
  const isKnown = (name: string): boolean =>
    EVERYWHERE.has(name) ||
    scope.has(name) ||
    (side === 'host' && /^(?:ComponentError|LinkError)$/u.test(name));
  return namesInDocs(text).filter((name) => !isKnown(name));
}

describe('documentation names only what its file has', () => {
  it.each(fixtureNames())('in %s', (fixture) => {
    for (const { path, content } of goldenFiles(fixture))
      expect(unknownNames(path, content, path.startsWith('guest/') ? 'guest' : 'host'), path).toEqual([]);
  });

  it.each(['host', 'guest'] as const)('for the %s of random worlds', async (side) => {
    let count = 0;
    for (const world of sample(randomWorld, { numRuns: 8, seed: 20_261_129 })) {
      for (const { path, content } of await generate(alone(world), world, { side })) {
        count += namesInDocs(content).length;
        expect(unknownNames(path, content, side), `${path}\n${content}`).toEqual([]);
      }
    }
    expect(count).toBeGreaterThan(10);
  });

  it('which the test would notice', () => {
    expect(
      unknownNames('x.d.ts', '/** @throws {ComponentError<X>} */\nexport interface Y {}', 'guest'),
    ).toEqual(['ComponentError', 'X']);
  });
});
