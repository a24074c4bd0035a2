import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate } from '@wit-ts/bindgen';
import { peerPath, peersInstalled } from '@wit-ts/dev-peers';
import { compileStrictly, type SourceText } from '@wit-ts/dev-support/compile-strictly';
import { resolveOrThrow } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';

const PACKAGES = ['cli', 'clocks', 'filesystem', 'http', 'io', 'random', 'sockets'];

/** The WIT of a package of WASI, as jco has it; 0.3 has no `wasi:io`. */
function witOf(name: string, version: string): string[] {
  if (name === 'io' && version.startsWith('0.3.')) return [];
  const path = `@bytecodealliance/jco/lib/wit/builtin/${version}/wasi-${name}/package.wit`;
  return [readFileSync(peerPath(path), 'utf8')];
}

/** The worlds, with the number of interfaces that each imports. */
const WORLDS = [
  ['cli', 'command', '0.2.12', 24],
  ['http', 'proxy', '0.2.12', 11],
  ['cli', 'command', '0.3.0', 17],
  ['http', 'service', '0.3.0', 10],
] as const;

const INDEX = JSON.stringify(fileURLToPath(new URL('index.ts', import.meta.url)));

/** The bindings of a world, with a host that gives it all of WASI, and one that leaves out an interface each time. */
async function projectOf([name, world, version, count]: (typeof WORLDS)[number]): Promise<SourceText[]> {
  const dependencies = PACKAGES.filter((other) => other !== name).map((other) => witOf(other, version));
  const { resolve } = resolveOrThrow({
    files: witOf(name, version),
    dependencies: dependencies.filter((files) => files.length > 0),
  });
  const bindings = await generate(resolve, `wasi:${name}/${world}@${version}`);
  const type = `${world[0]!.toUpperCase()}${world.slice(1)}Imports`;
  const content = bindings.find(({ path }) => path === `${world}.ts`)?.content ?? '';
  const interfaces = importedBy(content, type);
  expect(interfaces).toHaveLength(count);
  const files: SourceText[] = [
    ...bindings,
    { path: 'complete.ts', content: completeHost(world, type) },
    { path: 'incomplete.ts', content: incompleteHosts(world, type, interfaces) },
  ];
  return files.map((file) => ({ ...file, path: `${world}-${version}/${file.path}` }));
}

/** The interfaces in the type that `gen` writes for the imports of a world. */
function importedBy(content: string, type: string): readonly string[] {
  const [, body = ''] = new RegExp(`type ${type} = WorldImports<\\{(.*?)\\}>`, 'su').exec(content) ?? [];
  return [...body.matchAll(/['"](wasi:[^'"]+)['"]:/gu)].map(([, name]) => name!);
}

function completeHost(world: string, type: string): string {
  return `
import { wasi } from ${INDEX};
import { type ${type}, instantiate } from './${world}.js';

export const all: ${type} = wasi({ env: { NAME: 'Ada' } });
export const running: Promise<unknown> = instantiate(new Uint8Array(), wasi());
`;
}

function incompleteHosts(world: string, type: string, interfaces: readonly string[]): string {
  const hosts = interfaces.map(
    (each, at) => `
const { '${each}': _${at}, ...rest${at} } = wasi();
export const host${at}: ${type} = rest${at};
`,
  );
  return `
import { wasi } from ${INDEX};
import type { ${type} } from './${world}.js';
${hosts.join('')}`;
}

describe.skipIf(absent)(`what \`wasi\` returns${why}`, () => {
  it('has the types that `gen` writes for all interfaces of a world, without a cast', async () => {
    const projects = await Promise.all(WORLDS.map(projectOf));
    const errors = await compileStrictly(projects.flat(), {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    });
    const found = errors.map(({ path, message }) => `${path}: ${message}`);
    // Every interface that is left out is an error, and nothing else is.
    const missing = /^[a-z]+-[\d.]+\/incomplete\.ts: .* is not assignable to type '[A-Za-z]+Imports'/su;
    expect(found.filter((each) => !missing.test(each))).toEqual([]);
    for (const [, world, version, count] of WORLDS)
      expect(found.filter((each) => each.startsWith(`${world}-${version}/`))).toHaveLength(count);
  });
});
