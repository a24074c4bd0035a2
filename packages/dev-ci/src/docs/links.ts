import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { root } from '@wit-ts/dev-support/workspace';
import { type MarkdownFile, readMarkdown } from './markdown.ts';

/** A link to a file or folder of the repository. */
interface LocalLink {
  /** Relative to the root. */
  readonly path: string;
  readonly anchor: string | undefined;
  /** Where it is written: `docs/README.md:12`. */
  readonly source: string;
}

/** The links of a file that lead to other files of the repository or to its own headings. */
export function localLinks(file: MarkdownFile): readonly LocalLink[] {
  return file.links
    .filter(({ target }) => !/^[a-z]+:/u.test(target))
    .map(({ target, line }) => {
      const [path = '', anchor] = target.split('#', 2);
      return {
        path: path === '' ? file.path : normalize(join(dirname(file.path), decodeURI(path))),
        anchor,
        source: `${file.path}:${line}`,
      };
    });
}

/** Says what is wrong with a link, or returns undefined when its file and its heading exist. */
export function brokenLink({ path, anchor, source }: LocalLink): string | undefined {
  if (!existsSync(join(root, path))) return `${source}: ${path} does not exist`;
  if (anchor === undefined || !path.endsWith('.md')) return undefined;
  return readMarkdown(path).anchors.has(anchor) ? undefined : `${source}: ${path} has no heading #${anchor}`;
}

/** The files that can be reached from a Markdown file over links, itself included. A folder stands for its README. */
export function reachableFiles(from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [from];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const file = statSync(join(root, path)).isDirectory() ? join(path, 'README.md') : path;
    if (found.has(file) || !existsSync(join(root, file))) continue;
    found.add(file);
    if (file.endsWith('.md')) pending.push(...localLinks(readMarkdown(file)).map((link) => link.path));
  }
  return found;
}
