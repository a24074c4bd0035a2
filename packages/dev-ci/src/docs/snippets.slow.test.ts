import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPeers, peersDirectory, peersInstalled } from '@wit-ts/dev-peers';
import { beforeAll, describe, expect, it } from 'vitest';
import { findClang, findRust } from '../../../../test-components/building/toolchains.ts';
import { runCommand, runSource } from '@wit-ts/dev-support/run-command';
import { consoleCommands, printsAs, runInShell, writeBinaries } from './console.ts';
import type { CodeBlock } from './markdown.ts';
import {
  errorsOf,
  isProgram,
  missingLine,
  type SnippetPage,
  snippetPages,
  snippetsDirectory,
  writeSnippets,
} from './snippets.ts';

/** What the pages show is true: TypeScript compiles and runs, and commands print what the page says that they print. */

await installPeers().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
const tools = availableTools();
const peers = peersInstalled() ? ['@bytecodealliance/preview2-shim', '@bytecodealliance/preview3-shim'] : [];
const pages = snippetPages(peers);
const unexpectedOutput = new Map<CodeBlock, string>();
const failedPrograms = new Map<CodeBlock, string>();
let compilerOutput = '';

beforeAll(async () => {
  await writeSnippets(pages, peers);
  await writeBinaries(tools);
  // As many at once as there are cores in CI.
  const waiting = [...pages];
  const worker = async (): Promise<void> => {
    for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) await runCommands(page);
  };
  await Promise.all([worker(), worker()]);
  const tsc = ['node_modules/typescript/bin/tsc', '-p', snippetsDirectory, '--pretty', 'false'];
  const [compiled] = await Promise.all([runCommand(process.execPath, tsc), runPrograms()]);
  compilerOutput = compiled.output;
}, 900_000);

/**
 * Runs what a page shows, from top to bottom, as a reader would; generates the bindings if no command of the page
 * did.
 */
async function runCommands(page: SnippetPage): Promise<void> {
  for (const block of page.consoles.filter(hasTools)) {
    for (const { command, output } of consoleCommands(block)) {
      const actual = await runInShell(command, page.directory);
      if (!printsAs(actual, output)) unexpectedOutput.set(block, `$ ${command}\n${actual}`);
    }
  }
  const usesBindings = page.sources.some(
    ({ block }) => block.text.includes('./generated/') || declares(block),
  );
  if (usesBindings && !existsSync(join(page.directory, 'generated')))
    await runSource('packages/cli/src/bin.ts', ['gen', join(page.directory, 'world.wit'), '--quiet']);
}

function declares({ comment }: CodeBlock): boolean {
  return comment?.includes('./generated/') === true;
}

/** Runs the programs of all pages one after the other in one process, which loads the packages once. */
async function runPrograms(): Promise<void> {
  const programs = pages.flatMap(({ directory, sources }) =>
    sources.filter(isProgram).map(({ name, block }) => ({ directory, file: join(directory, name), block })),
  );
  const script = join(snippetsDirectory, 'run.mjs');
  await writeFile(
    script,
    `const failures = {};
    for (const { directory, file } of ${JSON.stringify(programs)}) {
      process.chdir(directory);
      await import(file).catch((error) => (failures[file] = String(error?.stack ?? error)));
    }
    (await import('node:fs')).writeFileSync(${JSON.stringify(join(snippetsDirectory, 'failures.json'))}, JSON.stringify(failures));\n`,
  );
  const { output } = await runSource(script);
  const failures = readFailures() ?? Object.fromEntries(programs.map(({ file }) => [file, output]));
  for (const { file, block } of programs) {
    const failure = failures[file];
    if (failure !== undefined) failedPrograms.set(block, failure);
  }
}

/** What failed, by file; `undefined` if the process ended before the last program did. */
function readFailures(): Readonly<Record<string, string>> | undefined {
  const file = join(snippetsDirectory, 'failures.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : undefined;
}

/** The programs that pages use and that are not always there, with their paths. */
function availableTools(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const [clang, rustc] = [findClang(), findRust()];
  if (clang.tag === 'found') found.set('clang', clang.command);
  if (rustc.tag === 'found') found.set('rustc', rustc.command);
  if (peersInstalled()) found.set('jco', join(peersDirectory, 'node_modules/.bin/jco'));
  return found;
}

function hasTools({ text }: CodeBlock): boolean {
  return ['clang', 'rustc', 'jco'].every(
    (name) => tools.has(name) || !new RegExp(`^\\$ .*\\b${name} `, 'mu').test(text),
  );
}

describe.skipIf(process.platform === 'win32')('commands print what the page shows', () => {
  const blocks = pages.flatMap(({ path, consoles }) => consoles.map((block) => ({ path, block })));
  for (const { path, block } of blocks) {
    it.skipIf(!hasTools(block))(`${path}:${block.line}`, () => {
      expect(consoleCommands(block).length).toBeGreaterThan(0);
      if (unexpectedOutput.has(block)) expect(unexpectedOutput.get(block)).toBe(block.text);
    });
  }
});

describe('the TypeScript snippets of the pages', () => {
  it('compile under the strictest options', () => {
    expect(pages.flatMap((page) => errorsOf(page, compilerOutput))).toEqual([]);
    expect(compilerOutput).toBe('');
  });

  const programs = pages.flatMap(({ path, sources }) =>
    sources.filter(isProgram).map(({ block }) => ({ path, block })),
  );
  it.each(programs)('run: $path:$block.line', ({ block }) => {
    expect(failedPrograms.get(block)).toBeUndefined();
  });

  it.each(pages.filter(({ excerpts }) => excerpts.length > 0))(
    'show generated code as it is generated: $path',
    (page) => {
      expect(page.excerpts.flatMap((excerpt) => missingLine(excerpt, page) ?? [])).toEqual([]);
    },
  );

  it('are more than twenty', () => {
    expect(pages.flatMap(({ sources }) => sources).length).toBeGreaterThan(20);
  });
});
