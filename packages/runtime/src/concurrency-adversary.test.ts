import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endSections } from './fixtures/adversary/ends.ts';
import {
  adversary,
  allBuiltins,
  type Builtin,
  type Guest,
  Scene,
  turns,
} from './fixtures/adversary/guest.ts';
import { callSections } from './fixtures/adversary/host-calls.ts';
import { promiseSections } from './fixtures/adversary/host-promises.ts';
import { streamSections } from './fixtures/adversary/host-streams.ts';
import { taskSections } from './fixtures/adversary/tasks.ts';
import type { Case } from './fixtures/adversary/case.ts';
import type { Component } from './index.ts';

const sections = [...endSections, ...taskSections, ...promiseSections, ...streamSections, ...callSections];
const page = new URL('../../../docs/concurrency-outcomes.md', import.meta.url);
const BEGIN = '<!-- cases -->\n';

/** What the page says of each case: what comes of it, and the state of the component afterwards. */
async function published(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(page, 'utf8').catch(() => '');
  const rows = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, outcome, after] = line.split(/(?<!\\)\|/u).map((cell) => cell.trim());
    if (name !== undefined && after !== undefined) rows.set(name, `${outcome ?? ''} | ${after}`);
  }
  return rows;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Does what a case does, and says what comes of it: as a row of the page. */
async function outcomeOf(component: Component, { run, options }: Case): Promise<string> {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  const scene = await Scene.of(component, options);
  const outcome = await (async () => run(scene))().then(
    (value) => `gets ${JSON.stringify(value) ?? 'nothing'}`,
    (error: unknown) => String(error),
  );
  await turns();
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
  // Other instances of the component are never affected.
  expect(scene.other.op('set.new')).toBeGreaterThan(0);
  const reports = scene.reports.map((error) => `; \`onError\` receives ${String(error)}`);
  return escaped(`${outcome}${reports.join('')}`) + ` | ${stateOf(scene)}`;
}

function stateOf({ a, b }: Scene): string {
  try {
    return a.op('nothing') + b.op('nothing') === 0 ? 'usable' : 'wrong';
  } catch (error) {
    return String(error).includes('it failed before') ? 'closed' : String(error);
  }
}

describe.each(['compile', 'reference'] as const)('the outcomes of concurrency (%s)', (engine) => {
  let component: Component;
  let rows: ReadonlyMap<string, string>;
  const found = new Map<string, string>();
  beforeAll(async () => {
    [component, rows] = await Promise.all([adversary(engine), published()]);
  });

  afterAll(async () => {
    if (process.env['BLESS'] === undefined) return;
    const [start = ''] = (await readFile(page, 'utf8')).split(BEGIN);
    const tables = sections.map(({ title, cases }) =>
      [
        `## ${title}\n`,
        '| case | outcome | component |\n| - | - | - |',
        ...cases.map(({ name }) => `| ${name} | ${found.get(name) ?? ''} |`),
      ].join('\n'),
    );
    await writeFile(page, `${start}${BEGIN}\n${tables.join('\n\n')}\n`);
  });

  describe.each(sections)('$title', ({ cases }) => {
    it.each(cases)('$name', async (each) => {
      const outcome = await outcomeOf(component, each);
      found.set(each.name, outcome);
      if (process.env['BLESS'] === undefined) expect(outcome).toBe(rows.get(each.name));
    });
  });

  /** The counter of backpressure is the only thing that core code may change there. */
  const allowed = new Set(['backpressure.inc', 'backpressure.dec', 'unreachable', 'memory.grow', 'repeat']);
  const refused = allBuiltins.filter((name) => !allowed.has(name));
  const places: readonly [string, (guest: Guest, name: Builtin) => void][] = [
    ['a post-return function', (guest, name) => guest.afterReturn(name)],
    ['realloc', (guest, name) => guest.inRealloc(name)],
  ];

  it.each(places)('refuses every built-in that leaves the component in %s', async (_, call) => {
    for (const name of refused) {
      const { b } = await Scene.of(component);
      expect(() => call(b, name), name).toThrow('cannot leave component instance');
    }
  });
});
