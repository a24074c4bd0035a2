import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@wit-ts/dev-support/workspace';
import { describe, expect, it } from 'vitest';

/**
 * The walks of `docs/architecture.md`: files in the order in which control enters them, with the functions that it
 * enters.
 */

const ROW =
  /^\| \[`(?<shown>[^`]+)`\]\(\.\.\/(?<file>[^)]+)\) +\| (?<functions>`[^|]+`) +\| (?<text>.+?) +\|$/u;

const walks = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  .split(/^## /mu)
  .filter((section) => section.startsWith('Walk '))
  .map((section) => {
    const [title = ''] = section.split('\n');
    const steps = section.split('\n').flatMap((line) => {
      const { shown, file, functions } = ROW.exec(line)?.groups ?? {};
      if (shown === undefined || file === undefined || functions === undefined) return [];
      return [{ shown, file, functions: functions.split(', ').map((name) => name.slice(1, -1)) }];
    });
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (?:file|-+) /u.test(line));
    return { title, steps, rows };
  });

it('there are six walks', () => {
  expect(walks.length).toBe(6);
});

describe.each(walks)('$title', ({ steps, rows }) => {
  it('has steps that can all be read', () => {
    expect(steps.length).toBe(rows.length);
    expect(steps.length).toBeGreaterThan(9);
  });

  it('enters no file twice', () => {
    const files = steps.map(({ file }) => file);
    expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
  });

  it.each(steps)('$shown declares $functions', ({ shown, file, functions }) => {
    expect(file).toBe(`packages/${shown}`);
    const text = readFileSync(join(root, file), 'utf8');
    // A function, class or constant of the module, or a method of a class.
    const isDeclared = (name: string): boolean =>
      new RegExp(
        `^(?:export )?(?:async )?(?:function\\*? |class |const )${name}\\b|^  (?:\\w+ )?${name}\\(`,
        'mu',
      ).test(text);
    expect(functions.filter((name) => !isDeclared(name))).toEqual([]);
  });
});
