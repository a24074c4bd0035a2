import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { publishedPackages, root } from '@wit-ts/dev-support/workspace';
import { type CodeBlock, markdownPaths, readMarkdown } from './markdown.ts';

/**
 * The code of a page, laid out as files in a separate folder.
 *
 * A block with `title="host.ts"` becomes that file; any other TypeScript becomes `line-12.ts`. A comment before a
 * block, `<!-- with: declare const bytes: Uint8Array; -->`, declares what the block leaves out. TypeScript titled
 * `generated/…` is an excerpt of generated code, and a `console` block is commands, each after `$ `, with what they
 * print. A line `cp /path/to/the/clone/test-components/traps/built/wat.wasm traps.wasm` of a `sh` block copies a file
 * or folder of the repository, as the reader would.
 */
export interface SnippetPage {
  /** The Markdown file, relative to the root. */
  readonly path: string;
  /** Absolute. */
  readonly directory: string;
  readonly sources: readonly SnippetFile[];
  readonly excerpts: readonly SnippetFile[];
  readonly consoles: readonly CodeBlock[];
  /** Files of the repository that the page uses: name in the page's folder, and path relative to the root. */
  readonly copies: readonly (readonly [name: string, path: string])[];
}

/** A block that is a file of the page's folder. */
interface SnippetFile {
  /** Relative to the page's folder. */
  readonly name: string;
  readonly block: CodeBlock;
}

/** The folder of all pages: inside the checkout, so that the workspace's own TypeScript and types are found from it. */
export const snippetsDirectory: string = join(root, '.cache/docs');

/**
 * The pages that have code which is tested. Without `peers`, TypeScript that imports other people's tools is left
 * out.
 */
export function snippetPages(peers: readonly string[]): readonly SnippetPage[] {
  return markdownPaths().flatMap((path) => {
    const { codeBlocks: blocks } = readMarkdown(path);
    const files = blocks.flatMap((block) => {
      const name = fileName(block);
      const isMissingPeer = peers.length === 0 && block.text.includes("from '@bytecodealliance/");
      return name === undefined || isMissingPeer ? [] : [{ name, block }];
    });
    const page: SnippetPage = {
      path,
      directory: join(snippetsDirectory, path.replaceAll('/', '-').replace(/\.md$/u, '').toLowerCase()),
      sources: files.filter((file) => !isExcerpt(file)),
      excerpts: files.filter(isExcerpt),
      consoles: blocks.filter(({ language }) => language === 'console'),
      copies: blocks.filter(({ language }) => language === 'sh').flatMap(copiesOf),
    };
    const hasCode = page.consoles.length > 0 || files.some(({ block }) => isTypeScript(block));
    return hasCode ? [page] : [];
  });
}

const COPY = /^cp (?:-r )?\/path\/to\/the\/clone\/(?<source>\S+) (?<name>\S+)/gmu;

function copiesOf({ text }: CodeBlock): readonly (readonly [name: string, path: string])[] {
  return [...text.matchAll(COPY)].map(({ groups }) => [groups?.['name'] ?? '', groups?.['source'] ?? '']);
}

function isExcerpt({ name, block }: SnippetFile): boolean {
  return name.startsWith('generated/') && isTypeScript(block);
}

/** Whether a block is a program that can be run by itself: nothing is declared for it, and nothing else runs it. */
export function isProgram({ name, block }: SnippetFile): boolean {
  return isTypeScript(block) && name.startsWith('line-') && declarations(block) === '';
}

function isTypeScript({ language }: CodeBlock): boolean {
  return language === 'ts' || language === 'typescript';
}

function fileName(block: CodeBlock): string | undefined {
  const title = /\btitle="(?<title>[^"]+)"/u.exec(block.attributes)?.groups?.['title'];
  if (title?.split('/').includes('..') === true)
    throw new Error(`line ${block.line}: ${title} leaves its folder`);
  return title ?? (isTypeScript(block) ? `line-${block.line}.ts` : undefined);
}

function declarations({ comment }: CodeBlock): string {
  return comment?.startsWith('with:') === true
    ? comment.slice('with:'.length).trim().replaceAll('\n', ' ')
    : '';
}

/**
 * Writes the files of all pages, and one `tsconfig.json` over them. A page that shows no `world.wit` has the world of
 * the main README, and each has a component of that world as `app.wasm`.
 */
export async function writeSnippets(pages: readonly SnippetPage[], peers: readonly string[]): Promise<void> {
  await rm(snippetsDirectory, { recursive: true, force: true });
  await linkPackages(peers);
  const component = await readFile(join(root, 'test-components/edge-handler/built/wat.wasm'));
  for (const { directory, sources, copies } of pages) {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'package.json'), '{ "type": "module", "private": true }\n');
    await writeFile(join(directory, 'app.wasm'), component);
    if (!sources.some(({ name }) => name === 'world.wit'))
      await writeFile(join(directory, 'world.wit'), edgeHandlerWorld());
    for (const [name, path] of copies) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await cp(join(root, path), join(directory, name), { recursive: true });
    }
    for (const { name, block } of sources) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      // One line for what is declared, so that lines can be counted; a module in any case.
      const text = isTypeScript(block)
        ? `export {}; ${declarations(block)}\n${block.text}\n`
        : `${block.text}\n`;
      await writeFile(join(directory, name), text);
    }
  }
  await writeFile(join(snippetsDirectory, 'tsconfig.json'), JSON.stringify(tsconfig, undefined, 2));
}

const tsconfig = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    // What a snippet shows is not always used in it.
    noUnusedLocals: false,
    noUnusedParameters: false,
  },
  include: ['*/**/*.ts'],
  // A project that `wit-ts init` starts has options of its own, and no generated files yet.
  exclude: ['node_modules', '*/hello'],
};

/** The world that the main README starts with. */
function edgeHandlerWorld(): string {
  const block = readMarkdown('README.md').codeBlocks.find(({ language }) => language === 'wit');
  if (block === undefined) throw new Error('README.md shows no WIT');
  return `${block.text}\n`;
}

async function linkPackages(peers: readonly string[]): Promise<void> {
  const modules = join(snippetsDirectory, 'node_modules');
  const targets = new Map(publishedPackages().map(({ manifest, directory }) => [manifest.name, directory]));
  for (const name of peers) targets.set(name, join(root, 'packages/dev-peers/tools/node_modules', name));
  for (const [name, target] of targets) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(target, join(modules, name), 'dir');
  }
}

/**
 * Compiler errors that belong to a page, as `docs/page.md:12: message`. Those of the code that was generated keep
 * their path.
 */
export function errorsOf(page: SnippetPage, compilerOutput: string): readonly string[] {
  const folder = `${relative(root, page.directory).replaceAll('\\', '/')}/`;
  return compilerOutput.split('\n').flatMap((line) => {
    const match = /^(?<file>[^(]+)\((?<line>\d+),\d+\): (?<message>.*)$/u.exec(line)?.groups;
    const file = match?.['file'];
    if (file === undefined || !file.startsWith(folder)) return [];
    const source = page.sources.find(({ name }) => name === file.slice(folder.length));
    if (source === undefined) return [line];
    return [`${page.path}:${source.block.line + Number(match?.['line']) - 1}: ${match?.['message']}`];
  });
}

/**
 * The first line of an excerpt that its generated file does not have after the lines before it. `// …` leaves lines
 * out.
 */
export function missingLine(excerpt: SnippetFile, page: SnippetPage): string | undefined {
  const generated = readFileSync(join(page.directory, excerpt.name), 'utf8').split('\n');
  let next = 0;
  for (const [i, line] of excerpt.block.text.split('\n').entries()) {
    if (line.trim() === '' || line.trim() === '// …') continue;
    const found = generated.indexOf(line, next);
    if (found === -1)
      return `${page.path}:${excerpt.block.line + i + 1}: ${excerpt.name} has no line \`${line}\` here`;
    next = found + 1;
  }
  return undefined;
}
