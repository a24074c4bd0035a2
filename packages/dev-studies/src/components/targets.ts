import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Report } from '@wit-ts/check';
import { componentWorld, decode, validate } from '@wit-ts/component';
import { hasErrors } from '@wit-ts/diagnostics';
import { resolve } from '@wit-ts/wit';
import { assembleWat } from '@wit-ts/dev-conformance';
import { root } from '../directories.ts';
import { Random } from '../random.ts';
import type { Findings, Study, StudyOptions } from '../study.ts';
import { corpus } from './collect.ts';
import { randomWorld } from './random-world.ts';
import { type Answer, ReferenceWit } from './reference-wit.ts';

/** Whether `check` and the subtyping of components agree on which components target a world. */
export const targets: Study = { name: 'targets', page: 'docs/components.md', run };

interface Case {
  readonly name: string;
  readonly world: string;
  readonly component: () => Promise<Answer<Uint8Array>>;
}

interface Row {
  readonly name: string;
  readonly reasons: readonly string[];
  readonly ours: string;
  readonly theirs: string;
  readonly validator: string;
  readonly why: readonly string[];
}

const FITS = 'fits';

const RANDOM_PAIRS = 2000;

async function run({ seed, count = RANDOM_PAIRS }: StudyOptions): Promise<Findings> {
  const reference = new ReferenceWit();
  const rows: Row[] = [];
  for (const one of [...pairs('check', reference), ...pairs('fitting', reference), ...corpusCases()]) {
    rows.push(await judge(one, reference));
  }
  const tally = await randomPairs(seed, count, reference);
  const wrong = rows.filter(({ name, ours, theirs, validator }) => {
    return (ours !== theirs && !BY_SEMVER.has(name)) || (theirs !== 'unknown' && theirs !== validator);
  });
  const random = [...tally].map(([kind, cases]) => `| ${kind} | ${cases.length} |`);
  return {
    markdown: [
      report(rows),
      '',
      `${count} random worlds, each against itself with a line or two changed:`,
      '',
      '| |  |',
      '| --- | --: |',
      ...random.sort(),
    ].join('\n'),
    failed: wrong.length > 0 || [...tally.keys()].some((kind) => kind.includes('differ')),
    data: { rows, random: Object.fromEntries(tally) },
  };
}

/** Components of random worlds against those worlds changed a little: by verdicts, the texts of the pairs. */
async function randomPairs(
  seed: number,
  count: number,
  reference: ReferenceWit,
): Promise<Map<string, readonly string[][]>> {
  const tally = new Map<string, string[][]>();
  let index = 0;
  for (let made = 0; made < count; index += 1) {
    const random = new Random(seed * 1_000_003 + index);
    const { wit } = randomWorld(random);
    const changed = change(wit, random);
    if (hasErrors(resolve(wit).diagnostics) || hasErrors(resolve(changed).diagnostics)) continue;
    const component = await reference.componentOf(wit, 'w');
    if (component.tag !== 'answered') continue;
    made += 1;
    const own = await judge({ name: '', world: wit, component: async () => component }, reference);
    const row = await judge({ name: '', world: changed, component: async () => component }, reference);
    const agree = row.ours === row.theirs && row.theirs === row.validator;
    const kind = agree
      ? `both say: ${row.ours}`
      : own.ours === FITS && own.theirs !== FITS
        ? 'the reference finds that the component does not even target the world that it was made of'
        : 'they differ';
    tally.set(kind, [...(tally.get(kind) ?? []), [wit, changed, JSON.stringify(row)]]);
  }
  return tally;
}

const PRIMITIVE = /\b(?:u8|u16|u32|s64|f32|string|bool)\b/gu;

/** Takes a line out, or writes another primitive, once or twice. */
function change(wit: string, random: Random): string {
  let text = wit;
  for (let left = random.below(3); left > 0; left -= 1) {
    const lines = text.split('\n');
    const at = random.below(lines.length);
    if (random.below(2) === 0) lines.splice(at, 1);
    else lines[at] = lines[at]!.replace(PRIMITIVE, ['u8', 'string', 'option<u8>'][random.below(3)]!);
    text = lines.join('\n');
  }
  return text;
}

/** Subtyping of components knows names only: what links by semver is not the same import to it. */
const BY_SEMVER = new Set(['import-served-by-newer', 'export-newer-than-asked']);

function* pairs(folder: string, reference: ReferenceWit): Generator<Case> {
  const directory = join(root, 'packages/cli/src/fixtures', folder);
  for (const name of readdirSync(directory).sort()) {
    const text = (file: string): string => readFileSync(join(directory, name, file), 'utf8');
    yield {
      name,
      world: text('world.wit'),
      component: async () => reference.componentOf(text('component.wit'), 'shop'),
    };
  }
}

function* corpusCases(): Generator<Case> {
  const directory = join(corpus, 'targets');
  for (const name of existsSync(directory) ? readdirSync(directory).sort() : []) {
    const component = async (): Promise<Answer<Uint8Array>> => ({
      tag: 'answered',
      value: await assembleWat(readFileSync(join(directory, name, 'test.wat'), 'utf8')),
    });
    yield {
      name: `corpus: ${name}`,
      world: readFileSync(join(directory, name, 'test.wit'), 'utf8'),
      component,
    };
  }
}

async function judge({ name, world, component }: Case, reference: ReferenceWit): Promise<Row> {
  const made = await component();
  if (made.tag !== 'answered') throw new Error(`${name}: no component: ${made.message}`);
  const { value } = resolve(world);
  const [target] = value.package?.worlds.values() ?? [];
  if (target === undefined) throw new Error(`${name}: no world`);
  const result: Report = check({ world: componentWorld(decode(made.value)).world }, { world: target });
  const type = await reference.worldType(world, target.name);
  if (type.tag !== 'answered') throw new Error(`${name}: no type of the world: ${type.message}`);
  const bytes = targeting(made.value, type.value);
  const theirs = await reference.worldText(bytes);
  return {
    name,
    reasons: result.reasons.map(({ code }) => code),
    ours: result.satisfied ? FITS : 'does not fit',
    theirs: theirs.tag === 'answered' ? FITS : theirs.tag === 'panicked' ? 'unknown' : 'does not fit',
    validator: hasErrors(validate(decode(bytes))) ? 'does not fit' : FITS,
    why: [
      theirs.tag === 'answered' ? '' : theirs.message,
      ...validate(decode(bytes)).map(({ message }) => message),
      ...result.reasons.map(({ message }) => message),
    ],
  };
}

/**
 * A component that is valid if and only if a component targets a world: it gives the one to a component that imports one
 * of the other's type. That is how `wasm-tools component targets` decides.
 */
function targeting(component: Uint8Array, worldType: Uint8Array): Uint8Array {
  const name = [6, ...new TextEncoder().encode('target')];
  const consumer = [...PREAMBLE, ...section(7, [1, ...worldType]), ...section(10, [1, 0, ...name, 4, 0])];
  const instance = [1, 0, 1, 1, ...name, 4, 0];
  return Uint8Array.from([
    ...PREAMBLE,
    ...section(4, component),
    ...section(4, consumer),
    ...section(5, instance),
  ]);
}

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

function section(id: number, content: Iterable<number>): number[] {
  const bytes = [...content];
  const size: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    size.push(rest < 128 ? rest : (rest & 127) | 128);
    if (rest < 128) return [id, ...size, ...bytes];
  }
}

function report(rows: readonly Row[]): string {
  const same = rows.filter(({ ours, theirs }) => ours === theirs).length;
  const lines = rows.map(({ name, reasons, ours, theirs, validator }) => {
    const why = ours === theirs ? '' : BY_SEMVER.has(name) ? 'semver decides' : '**differs**';
    return `| ${name} | ${reasons.join(', ') || FITS} | ${theirs} | ${validator} | ${why} |`;
  });
  return [
    `${rows.length} pairs, of which ${same} have the same verdict from both.`,
    '',
    '| pair | `check` | subtyping in the reference | subtyping in our validator | |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}
