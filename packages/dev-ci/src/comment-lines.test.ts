import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@wit-ts/dev-support/workspace';
import { expect, it } from 'vitest';
import { longCommentLines, longProseLines } from './comment-lines.ts';

const LONGEST_LINE = 120;

it('finds comment lines that are too long, but not code or text in the middle of a line', () => {
  const text = [
    '// short',
    '// a line that is too long',
    '/** a line that is too long */',
    '/**',
    ' * a line that is too long',
    ' */',
    "const code = 'a line that is too long';",
    '  const commented = 1; // a line that is too long',
    '  // 🦀🦀🦀 short 🦀🦀🦀',
  ].join('\n');
  expect(longCommentLines(text, 20)).toEqual([2, 3, 5]);
});

it(`no comment line of a source file has more than ${LONGEST_LINE} columns`, () => {
  const files = filesNamed('*.ts');
  expect(files.length).toBeGreaterThan(500);
  const long = files.flatMap((file) =>
    longCommentLines(readFileSync(join(root, file), 'utf8'), LONGEST_LINE).map((line) => `${file}:${line}`),
  );
  expect(long).toEqual([]);
});

it('finds lines of prose that are too long, but not code, tables, HTML and figures', () => {
  const text = [
    '- a line that is too long',
    'short',
    '| a | row that is too long |',
    '```sh',
    'a line that is too long',
    '```',
    '<!-- study: wasi-diff -->',
    'a line that is too long',
    '<!-- end -->',
    'a line that is too long',
  ].join('\n');
  expect(longProseLines(text, 20)).toEqual([1, 10]);
});

it(`no line of prose in a Markdown file has more than ${LONGEST_LINE} columns`, () => {
  const files = filesNamed('*.md');
  expect(files.length).toBeGreaterThan(50);
  const long = files.flatMap((file) =>
    longProseLines(readFileSync(join(root, file), 'utf8'), LONGEST_LINE).map((line) => `${file}:${line}`),
  );
  expect(long).toEqual([]);
});

function filesNamed(pattern: string): readonly string[] {
  return (
    execFileSync('git', ['ls-files', '-z', pattern], { cwd: root, encoding: 'utf8' })
      .split('\0')
      // A file that is deleted but not yet staged is still listed.
      .filter((file) => file !== '' && existsSync(join(root, file)))
  );
}
