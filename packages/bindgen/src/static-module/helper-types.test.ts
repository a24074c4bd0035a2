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
  const declarations = texts.flatMap(declarationsOf);
  const text = moduleText(await Promise.all(declarations.map(formatted)));
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

/** Returns a declaration as prettier formats it when it is exported, as in generated files. */
async function formatted([name, text]: readonly [string, string]): Promise<readonly [string, string]> {
  const options = { filepath: 'generated.ts' };
  const code = text.replace(/^(?=(?:type|interface) )/mu, 'export ');
  // Prettier keeps objects open that it broke, and may then lay out what is around them differently.
  const result = await format(await format(code, options), options);
  return [name, result.trim().replace(/^export /mu, '')];
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
