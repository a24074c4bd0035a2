import { readFile } from 'node:fs/promises';
import { componentWorld, decode } from '@wit-ts/component';
import { functionsOf } from '@wit-ts/model';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { inTestComponents } from '../building/paths.ts';
import { programs, type Program } from './programs.ts';

/** Returns `docs/wasi-programs.md`: each program with its command, and which interfaces of WASI it imports. */
export async function programsPage(): Promise<string> {
  const rows = programs.map(({ name, language, command, output }) => [
    `[${name}](../test-components/${name}/README.md)`,
    language,
    `\`${command}\``,
    output,
  ]);
  return [
    '# Programs of WASI',
    '',
    'The first table shows programs that run with nothing but what is granted to them, each with a command and what it',
    'prints; the second shows which interfaces of WASI they import, so that running them exercises these interfaces.',
    '',
    'Each program is built from the source in its folder of `test-components`. The commands run in the folder',
    '`test-components` of a clone of the repository, with [`wit-ts`](../README.md#install) on the path; those with `npx`',
    'need `npx -y pnpm@12 install` once. Tests run every program, with its grants and without; `pnpm components` builds',
    'them, and names the compiler that is missing.',
    '`node --conditions=@wit-ts/source test-components/programs/main.ts` writes this page.',
    '',
    ...markdownTable(['program', 'guest', 'command', 'output'], rows, { firstNumber: 4 }),
    '',
    '## Interfaces',
    '',
    'An interface counts for a program if the program imports a function of it. For preview 1, the functions are listed,',
    'because it has one interface. The component of http-api is built on demand and not counted.',
    '',
    ...markdownTable(['interface', 'programs'], await interfaceRows(), { firstNumber: 2 }),
    '',
  ].join('\n');
}

async function interfaceRows(): Promise<readonly (readonly [string, string])[]> {
  const importers = new Map<string, Set<string>>();
  for (const program of programs)
    for (const name of await importedBy(program))
      importers.set(name, (importers.get(name) ?? new Set()).add(program.name));
  return [...importers]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, names]) => [`\`${name}\``, [...names].join(', ')]);
}

async function importedBy({ built }: Program): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const path of built) {
    const bytes = new Uint8Array(await readFile(inTestComponents(path)));
    // The layer after the version is 1 in a component, 0 in a core module (`Binary.md`, "Component Definitions").
    if (bytes[6] === 1) for (const name of interfacesOf(bytes)) found.add(name);
    else
      for (const { name } of WebAssembly.Module.imports(new WebAssembly.Module(bytes)))
        found.add(`preview 1: ${name}`);
  }
  return found;
}

/** The interfaces of WASI of which a component imports a function. */
function interfacesOf(bytes: Uint8Array): readonly string[] {
  const { world } = componentWorld(decode(bytes));
  return [...world.imports].flatMap(([name, item]) =>
    name.startsWith('wasi:') && item.tag === 'interface' && functionsOf(item).size > 0 ? [name] : [],
  );
}
