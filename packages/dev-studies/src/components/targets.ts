import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Report } from '@wit-ts/check';
import { componentWorld, decode, validate } from '@wit-ts/component';
import { hasErrors } from '@wit-ts/diagnostics';
import { resolve } from '@wit-ts/wit';
import { assembleCachedWat } from '@wit-ts/dev-conformance';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { encodeSection } from '@wit-ts/dev-support/wasm-sections';
import { root } from '@wit-ts/dev-support/workspace';
import { Random } from '@wit-ts/dev-support/random';
import type { StudyFindings, Study, StudyOptions } from '../study.ts';
import { componentOfSections, COMPONENT_SECTION } from './component-sections.ts';
import { corpus } from './specimens.ts';
import { randomWorld } from './random-world.ts';
import { type ReferenceAnswer, Reference } from '../reference.ts';

/** Checks that `check` and the subtyping of components agree on which components satisfy a world. */
export const targets: Study = {
  name: 'targets',
  question: 'Do `check` and subtyping agree on which components satisfy a world?',
  page: 'docs/components.md',
  run,
};

interface Case {
  readonly name: string;
  readonly world: string;
  readonly component: () => Promise<ReferenceAnswer<Uint8Array>>;
}

interface Row {
  readonly name: string;
  readonly reasons: readonly string[];
  readonly ours: string;
  readonly theirs: string;
  readonly validator: string;
  readonly why: readonly string[];
}

const FITS = 'satisfied';
const FITS_NOT = 'not satisfied';

const RANDOM_PAIRS = 2000;

async function run({ seed, count = RANDOM_PAIRS }: StudyOptions): Promise<StudyFindings> {
  const reference = new Reference();
  const rows: Row[] = [];
  for (const one of [...pairs('check', reference), ...pairs('fitting', reference), ...corpusCases()]) {
    rows.push(await judge(one, reference));
  }
  const randomRows = await randomPairs(seed, count, reference);
  const wrong = rows.filter(({ name, ours, theirs, validator }) => {
    return (ours !== theirs && !BY_SEMVER.has(name)) || (theirs !== 'unknown' && theirs !== validator);
  });
  const random = [...randomRows].map(([kind, cases]) => [kind, String(cases.length)]);
  return {
    markdown: [
      report(rows),
      '',
      `${count} components of random worlds, each checked against its world with up to two changed lines:`,
      '',
      ...markdownTable(['verdicts', 'components'], random.toSorted()),
    ].join('\n'),
    failed: wrong.length > 0 || [...randomRows.keys()].some((kind) => kind.includes('differ')),
    data: { rows, random: Object.fromEntries(randomRows) },
  };
}

/**
 * Checks components of random worlds against slightly changed worlds. Returns the texts of the pairs, grouped by the
 * verdicts.
 */
async function randomPairs(
  seed: number,
  count: number,
  reference: Reference,
): Promise<Map<string, readonly string[][]>> {
  const tally = new Map<string, string[][]>();
  let index = 0;
  for (let made = 0; made < count; index += 1) {
    const random = new Random(seed * 1_000_003 + index);
    const { wit } = randomWorld(random);
    const changed = changedText(wit, random);
    if (hasErrors(resolve(wit).diagnostics) || hasErrors(resolve(changed).diagnostics)) continue;
    const component = await reference.componentOf(wit, 'w');
    if (component.tag !== 'accepted') continue;
    made += 1;
    const own = await judge({ name: '', world: wit, component: async () => component }, reference);
    const row = await judge({ name: '', world: changed, component: async () => component }, reference);
    const agree = row.ours === row.theirs && row.theirs === row.validator;
    const kind = agree
      ? `all agree: ${row.ours}`
      : own.ours === FITS && own.theirs !== FITS
        ? 'the reference says that the component does not satisfy the world that it was made from'
        : 'the verdicts differ';
    tally.set(kind, [...(tally.get(kind) ?? []), [wit, changed, JSON.stringify(row)]]);
  }
  return tally;
}

const PRIMITIVE = /\b(?:u8|u16|u32|s64|f32|string|bool)\b/gu;

/** Removes a line or changes a primitive type, up to twice. */
function changedText(wit: string, random: Random): string {
  let text = wit;
  for (let left = random.below(3); left > 0; left -= 1) {
    const lines = text.split('\n');
    const at = random.below(lines.length);
    if (random.below(2) === 0) lines.splice(at, 1);
    else lines[at] = lines[at]!.replace(PRIMITIVE, random.pick(['u8', 'string', 'option<u8>']));
    text = lines.join('\n');
  }
  return text;
}

/** Subtyping compares names exactly. These pairs have imports or exports that match only by semver. */
const BY_SEMVER = new Set(['import-served-by-newer', 'export-newer-than-asked']);

function* pairs(folder: string, reference: Reference): Generator<Case> {
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
    const component = async (): Promise<ReferenceAnswer<Uint8Array>> => ({
      tag: 'accepted',
      value: await assembleCachedWat(readFileSync(join(directory, name, 'test.wat'), 'utf8')),
    });
    yield {
      name: `corpus: ${name}`,
      world: readFileSync(join(directory, name, 'test.wit'), 'utf8'),
      component,
    };
  }
}

async function judge({ name, world, component }: Case, reference: Reference): Promise<Row> {
  const made = await component();
  if (made.tag !== 'accepted') throw new Error(`${name}: cannot make a component: ${made.message}`);
  const { value } = resolve(world);
  const [target] = value.package?.worlds.values() ?? [];
  if (target === undefined) throw new Error(`${name}: the WIT contains no world`);
  const result: Report = check({ world: componentWorld(decode(made.value)).world }, { world: target });
  const type = await reference.worldType(world, target.name);
  if (type.tag !== 'accepted') throw new Error(`${name}: cannot make the type of the world: ${type.message}`);
  const bytes = targeting(made.value, type.value);
  const theirs = await reference.worldText(bytes);
  return {
    name,
    reasons: result.reasons.map(({ code }) => code),
    ours: result.satisfied ? FITS : FITS_NOT,
    theirs: theirs.tag === 'accepted' ? FITS : theirs.tag === 'panicked' ? 'unknown' : FITS_NOT,
    validator: hasErrors(validate(decode(bytes))) ? FITS_NOT : FITS,
    why: [
      theirs.tag === 'accepted' ? '' : theirs.message,
      ...validate(decode(bytes)).map(({ message }) => message),
      ...result.reasons.map(({ message }) => message),
    ],
  };
}

/**
 * Returns a component that is valid if and only if `component` satisfies the world. It passes `component` to a
 * component that imports a component of the world's type, as `wasm-tools component targets` does.
 */
function targeting(component: Uint8Array, worldType: Uint8Array): Uint8Array<ArrayBuffer> {
  const name = [6, ...new TextEncoder().encode('target')];
  const consumer = componentOfSections([
    encodeSection(COMPONENT_SECTION.type, [1, ...worldType]),
    encodeSection(COMPONENT_SECTION.import, [1, 0, ...name, 4, 0]),
  ]);
  const instance = [1, 0, 1, 1, ...name, 4, 0];
  return componentOfSections([
    encodeSection(COMPONENT_SECTION.component, component),
    encodeSection(COMPONENT_SECTION.component, consumer),
    encodeSection(COMPONENT_SECTION.instance, instance),
  ]);
}

function report(rows: readonly Row[]): string {
  const same = rows.filter(({ ours, theirs }) => ours === theirs).length;
  const lines = rows.map(({ name, reasons, ours, theirs, validator }) => {
    const note = ours === theirs ? '' : BY_SEMVER.has(name) ? 'matches by semver' : '**differs**';
    return [name, reasons.join(', ') || FITS, theirs, validator, note];
  });
  return [
    `\`check\` and the reference agree on ${same} of ${rows.length} pairs.`,
    '',
    ...markdownTable(
      ['pair', '`check`', 'subtyping in the reference', 'subtyping in our validator', 'note'],
      lines,
      {
        firstNumber: 5,
      },
    ),
  ].join('\n');
}
