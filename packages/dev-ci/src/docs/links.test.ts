import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { publishedPackages, root } from '@wit-ts/dev-support/workspace';
import { brokenLink, localLinks, reachableFiles } from './links.ts';
import { markdownPaths, parseMarkdown, readMarkdown } from './markdown.ts';

it('every relative link in Markdown leads to a file and a heading that exist', () => {
  const links = markdownPaths().flatMap((path) => localLinks(readMarkdown(path)));
  expect(links.length).toBeGreaterThan(100);
  expect(links.flatMap((link) => brokenLink(link) ?? [])).toEqual([]);
});

it('every page and file of docs can be reached from docs/README.md', () => {
  const reachable = reachableFiles('docs/README.md');
  const files = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length + 1).replaceAll('\\', '/'));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !reachable.has(file))).toEqual([]);
});

it('README.md leads to the docs, and the docs lead to the README of every published package', () => {
  expect(reachableFiles('README.md')).toContain('docs/README.md');
  const reachable = reachableFiles('docs/README.md');
  const readmes = publishedPackages().map(({ directory }) => `${directory.slice(root.length + 1)}/README.md`);
  expect(readmes.filter((readme) => !reachable.has(readme))).toEqual([]);
});

it('reads headings, links and code blocks', () => {
  const text = [
    '# The `first` one, here',
    'A [link](a.md#b) and `[none](x.md)`.',
    '## The `first` one, here',
    '<!-- a comment -->',
    '',
    '```ts title="a.ts"',
    '# no heading, [no link](y.md)',
    '```',
  ].join('\n');
  expect(parseMarkdown(text)).toEqual({
    anchors: new Set(['the-first-one-here', 'the-first-one-here-1']),
    links: [{ target: 'a.md#b', line: 2 }],
    codeBlocks: [
      {
        language: 'ts',
        attributes: 'title="a.ts"',
        text: '# no heading, [no link](y.md)',
        line: 6,
        comment: 'a comment',
      },
    ],
  });
});

it('says which file or heading a broken link misses', () => {
  const source = 'docs/x.md:1';
  expect(brokenLink({ path: 'docs/none.md', anchor: undefined, source })).toBe(
    'docs/x.md:1: docs/none.md does not exist',
  );
  expect(brokenLink({ path: 'docs/style.md', anchor: 'none', source })).toBe(
    'docs/x.md:1: docs/style.md has no heading #none',
  );
  expect(brokenLink({ path: 'docs/style.md', anchor: 'rules', source })).toBeUndefined();
});
