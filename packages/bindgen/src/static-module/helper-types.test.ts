import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';

const here = new URL('helper-types.ts', import.meta.url);

/** `vitest run -u` writes the file again. */
it('declares the types of the runtime as the runtime does', async () => {
  const texts = await Promise.all(
    ['codegen/v1.ts', 'async-types.ts'].map((file) =>
      readFile(new URL(`../../../runtime/src/${file}`, import.meta.url), 'utf8'),
    ),
  );
  const text = moduleText(texts.flatMap(declarationsOf));
  await expect(
    await format(text, { ...(await resolveConfig(here)), filepath: 'helper-types.ts' }),
  ).toMatchFileSnapshot(here.pathname);
});

/** Returns the declarations of types in a source, each with its comment. A blank line ends a declaration. */
function declarationsOf(source: string): readonly (readonly [name: string, text: string])[] {
  return source.split(/\n\n(?=\S)/u).flatMap((part) => {
    const name = /^(?:export )?(?:declare )?(?:type|interface|const) (\w+)(?![^\n]* = new )/mu.exec(
      part,
    )?.[1];
    return name === undefined ||
      name === 'Suspend' ||
      name === 'FunctionNames' ||
      /^(?:import|export (?:async )?function|const )/mu.test(part)
      ? []
      : [[name, part.trim().replace(/^export (?=type|interface|declare)/mu, '')] as const];
  });
}

function moduleText(declarations: readonly (readonly [string, string])[]): string {
  const entries = declarations.map(
    ([name, text]) => `  ['${name}', \`${text.replaceAll(/[\\`]|\$\{/gu, '\\$&')}\`],`,
  );
  return `/** Generated from the types of \`@wit-ts/runtime\`: those that declarations of static modules may need, by name. */
export const helperTypes: ReadonlyMap<string, string> = new Map([
${entries.join('\n')}
]);
`;
}
