import { componentWorld, decode, decodeWitPackage, isWitPackage } from '@wit-ts/component';
import { hasErrors } from '@wit-ts/diagnostics';
import type { Package, Resolve, World, WorldItem } from '@wit-ts/model';
import { print, resolve, toJson } from '@wit-ts/wit';
import { Random } from '../random.ts';
import type { Findings, Study, StudyOptions } from '../study.ts';
import { canonical } from './canonical.ts';
import { largeComponent, specimens, type Specimen } from './collect.ts';
import { randomWorld } from './random-world.ts';
import { type Answer, ReferenceWit } from './reference-wit.ts';

/** Whether the world that we decode from a component is the one that the reference decodes. */
export const worlds: Study = { name: 'worlds', page: 'docs/components.md', run };

const WORLDS = 5000;

/** What became of one component. */
interface Outcome {
  readonly name: string;
  readonly group: string;
  /** `equal`, or the class of the difference. */
  readonly outcome: string;
  readonly detail?: string;
}

async function run({ seed, count = WORLDS }: StudyOptions): Promise<Findings> {
  const reference = new ReferenceWit();
  const outcomes: Outcome[] = [];
  const large = largeComponent();
  const all = await specimens();
  for (const specimen of large === undefined ? all : [...all, large])
    outcomes.push(await compare(specimen, reference));
  let refused = 0;
  for (let i = 0; i - refused < count; i += 1) {
    const outcome = await compareWorld(i, new Random(seed * 1_000_003 + i), reference);
    if (outcome === 'refused') refused += 1;
    else outcomes.push(outcome);
  }
  const failed = outcomes.some(({ outcome }) => /^(?:only we refuse|differs|unreadable)/u.test(outcome));
  return { markdown: report(outcomes, refused), failed, data: outcomes };
}

/** `refused` where both find that the text is of no world: exports may need what is not there. */
async function compareWorld(
  index: number,
  random: Random,
  reference: ReferenceWit,
): Promise<Outcome | 'refused'> {
  const { wit, world } = randomWorld(random);
  const named = { name: `world ${index}`, group: 'random worlds' };
  const made = await reference.componentOf(wit, world);
  const { value, diagnostics } = resolve(wit);
  const refuses = hasErrors(diagnostics);
  if (made.tag === 'panicked') return { ...named, outcome: 'the reference panics', detail: wit };
  if (made.tag === 'refused') {
    return refuses
      ? 'refused'
      : { ...named, outcome: 'differs: only they refuse the text', detail: made.message };
  }
  if (refuses)
    return { ...named, outcome: 'differs: only we refuse the text', detail: diagnostics[0]!.message };
  const outcome = await compare({ ...named, bytes: made.value }, reference);
  if (outcome.outcome !== 'equal') return outcome;
  // What the component was made of is known as well, names of packages included.
  const source = value.package?.worlds.get(world);
  const ours = componentWorld(decode(made.value));
  const difference = source === undefined ? 'no world' : subset(ours.resolve, value.resolve);
  return difference === undefined
    ? outcome
    : { ...named, outcome: 'differs: from its source', detail: difference };
}

async function compare({ name, group, bytes }: Specimen, reference: ReferenceWit): Promise<Outcome> {
  const plain = compareTexts(await reference.worldText(bytes), bytes);
  const result = { name, group, ...plain };
  if (!plain.outcome.startsWith('equal')) return result;
  const home = await reference.broughtHome(bytes);
  if (home.tag !== 'answered') return { ...result, outcome: 'equal world; its interfaces cannot be shown' };
  return { name, group, ...compareTexts(await reference.worldText(home.value), home.value) };
}

function compareTexts(theirs: Answer<string>, bytes: Uint8Array): { outcome: string; detail?: string } {
  const ours = decoded(bytes);
  if (typeof ours === 'string') {
    return theirs.tag === 'answered'
      ? { outcome: 'only we refuse', detail: ours }
      : { outcome: 'both refuse', detail: ours };
  }
  if (theirs.tag === 'panicked') return { outcome: 'the reference panics' };
  if (theirs.tag === 'refused') return { outcome: 'only they refuse', detail: theirs.message };
  const text = print(ours.resolve, ours.what);
  if (text.trimEnd() !== theirs.value.trimEnd())
    return { outcome: 'differs: text', detail: `${theirs.value}\n---\n${text}` };
  const again = read(theirs.value);
  // A mention of another package cannot be resolved without it; then the text is all there is.
  if (again === undefined) return { outcome: 'equal text, which cannot be read alone' };
  const [left, right] = [again, ours.resolve].map(canonical);
  if (left !== right) {
    // Text has one interface for both directions, and so implies imports that the component does without.
    const hasParts = 'imports' in ours.what && [...ours.what.imports.values()].some(isPart);
    return hasParts
      ? { outcome: 'equal text, that says more than the component' }
      : { outcome: 'differs: model', detail: `${left}\n---\n${right}` };
  }
  const json = [again, read(text)!].map((contract) => JSON.stringify(toJson(contract)));
  return json[0] === json[1] ? { outcome: 'equal' } : { outcome: 'differs: JSON', detail: text };
}

function isPart(item: WorldItem): boolean {
  return item.tag === 'interface' && item.only !== undefined;
}

function decoded(bytes: Uint8Array): { readonly resolve: Resolve; readonly what: World | Package } | string {
  try {
    const component = decode(bytes);
    if (isWitPackage(component)) {
      const { resolve: contract, package: what } = decodeWitPackage(component);
      return { resolve: contract, what };
    }
    const { resolve: contract, world: what } = componentWorld(component);
    return { resolve: contract, what };
  } catch (error) {
    if (error instanceof Error && error.name === 'DecodeError') return error.message;
    throw error;
  }
}

function read(text: string): Resolve | undefined {
  const { value, diagnostics } = resolve(text, { allFeatures: true, encodable: false });
  return hasErrors(diagnostics) ? undefined : value.resolve;
}

/** The first part of a decoded contract that its source does not have: a component keeps only what it needs. */
function subset(found: Resolve, source: Resolve): string | undefined {
  const [parts, whole] = [found, source].map(
    (contract) => JSON.parse(canonical(contract)) as Record<string, Parts>,
  );
  for (const [name, part] of Object.entries(parts!)) {
    if (name.startsWith('world ')) continue;
    for (const kind of ['types', 'functions'] as const) {
      const known = new Set(whole![name]?.[kind].map((member) => JSON.stringify(member)));
      const strange = part[kind].find((member) => !known.has(JSON.stringify(member)));
      if (strange !== undefined) return `${name}: ${JSON.stringify(strange)}`;
    }
  }
  return undefined;
}

interface Parts {
  readonly types: readonly unknown[];
  readonly functions: readonly unknown[];
}

function report(outcomes: readonly Outcome[], refused: number): string {
  const groups = [...new Set(outcomes.map(({ group }) => group))];
  const kinds = [...new Set(outcomes.map(({ outcome }) => outcome))].toSorted((a, b) => count(b) - count(a));
  function count(kind: string, group?: string): number {
    return outcomes.filter((it) => it.outcome === kind && (group === undefined || it.group === group)).length;
  }
  return [
    `| | ${groups.join(' | ')} |`,
    `| --- | ${groups.map(() => '--:').join(' | ')} |`,
    `| components | ${groups.map((group) => outcomes.filter((it) => it.group === group).length).join(' | ')} |`,
    ...kinds.map((kind) => `| ${kind} | ${groups.map((group) => count(kind, group)).join(' | ')} |`),
    '',
    `${refused} more random texts are of no world, as both find: an export needs as an import what is exported, or the like.`,
    ...reasons(outcomes),
  ].join('\n');
}

/** Why one of the two refuses what the other reads, by kind. */
function reasons(outcomes: readonly Outcome[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { name, outcome, detail = '' } of outcomes) {
    if (!outcome.includes('refuse') && !outcome.includes('panics')) continue;
    const reason = detail.replace(/^Failed to decode wit component\n/u, '').replaceAll(/`[^`]*`/gu, '`…`');
    const kind = `${outcome}: ${reason
      .replaceAll(/\(at [^)]*\)/gu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim()}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  if (kinds.size === 0) return [];
  return ['', ...[...kinds].map(([kind, names]) => `- ${kind} (${names.length}: ${listed(names)})`)];
}

function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')}, …` : names.join(', ');
}
