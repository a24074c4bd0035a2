import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@wit-ts/dev-support/workspace';

/** A Markdown file of the repository. */
export interface MarkdownFile {
  /** Relative to the root, with slashes. */
  readonly path: string;
  /** The fragments that GitHub gives to the headings. */
  readonly anchors: ReadonlySet<string>;
  /** The targets of links and images as they are written, with their lines. */
  readonly links: readonly { readonly target: string; readonly line: number }[];
  readonly codeBlocks: readonly CodeBlock[];
}

/** A fenced block of code. */
export interface CodeBlock {
  /** The first word after the fence, such as `ts`. */
  readonly language: string;
  /** The rest of the words after the fence: `title="host.ts"`. */
  readonly attributes: string;
  readonly text: string;
  /** The line of the fence, from 1. */
  readonly line: number;
  /** The text of an HTML comment that stands directly before the block, empty lines left out. */
  readonly comment: string | undefined;
}

const SKIPPED = new Set(['node_modules', 'dist', 'fixtures', 'coverage', 'generated']);

/**
 * The paths of all Markdown files of the repository, relative to the root. Installed, built and hidden ones are left
 * out.
 */
export function markdownPaths(directory = ''): readonly string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (entry.isDirectory())
      return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : markdownPaths(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Reads one Markdown file. `path` is relative to the root. */
export function readMarkdown(path: string): MarkdownFile {
  return { path, ...parseMarkdown(readFileSync(join(root, path), 'utf8')) };
}

/** Reads the parts of Markdown that the tests need: headings, links and fenced code. */
export function parseMarkdown(text: string): Omit<MarkdownFile, 'path'> {
  const codeBlocks: CodeBlock[] = [];
  const links: { target: string; line: number }[] = [];
  const anchors = new Set<string>();
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const fence = /^(?<indent> *)(?<ticks>`{3,})(?<language>[^\s`]*) *(?<attributes>[^`]*)$/u.exec(
      line,
    )?.groups;
    if (fence !== undefined) {
      const end = closingFence(lines, i, fence['ticks'] ?? '');
      codeBlocks.push({
        language: fence['language'] ?? '',
        attributes: fence['attributes'] ?? '',
        text: lines
          .slice(i + 1, end)
          .map((each) => each.slice(fence['indent']?.length))
          .join('\n'),
        line: i + 1,
        comment: commentBefore(lines, i),
      });
      i = end;
      continue;
    }
    const heading = /^#{1,6} +(?<title>.+?) *$/u.exec(line)?.groups?.['title'];
    if (heading !== undefined) anchors.add(unusedAnchor(slug(heading), anchors));
    for (const match of line.replaceAll(/(?<ticks>`+).*?\k<ticks>/gu, '').matchAll(LINK)) {
      links.push({ target: match.groups?.['target'] ?? '', line: i + 1 });
    }
  }
  return { anchors, links, codeBlocks };
}

const LINK = /\]\((?<target>[^()\s]+)(?: "[^"]*")?\)/gu;

function closingFence(lines: readonly string[], start: number, ticks: string): number {
  const end = lines.findIndex((line, i) => i > start && line.trim() === ticks);
  return end === -1 ? lines.length : end;
}

function commentBefore(lines: readonly string[], fence: number): string | undefined {
  let end = fence - 1;
  while (end >= 0 && lines[end]?.trim() === '') end--;
  if (lines[end]?.trim().endsWith('-->') !== true) return undefined;
  const start = lines.findLastIndex((line, i) => i <= end && line.trim().startsWith('<!--'));
  if (start === -1) return undefined;
  const comment = lines
    .slice(start, end + 1)
    .join('\n')
    .trim();
  return comment.slice('<!--'.length, -'-->'.length).trim();
}

/** The fragment of a heading as GitHub makes it: lower case, punctuation left out, spaces as `-`. */
function slug(heading: string): string {
  return heading
    .replaceAll(/\[(?<text>[^\]]*)\]\([^)]*\)/gu, '$<text>')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

function unusedAnchor(wanted: string, used: ReadonlySet<string>): string {
  let anchor = wanted;
  for (let i = 1; used.has(anchor); i++) anchor = `${wanted}-${i}`;
  return anchor;
}
