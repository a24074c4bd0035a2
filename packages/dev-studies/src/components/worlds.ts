import { componentWorld, decode, decodeWitPackage, isWitPackage } from '@wit-ts/component';
import { hasErrors } from '@wit-ts/diagnostics';
import type { Package, Resolve, World, WorldItem } from '@wit-ts/model';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { print, resolve, toJson } from '@wit-ts/wit';
import { Random } from '@wit-ts/dev-support/random';
import type { StudyFindings, Study, StudyOptions } from '../study.ts';
import { canonicalText } from './contract-text.ts';
import { largeComponent, specimens, type Specimen } from './specimens.ts';
import { randomWorld } from './random-world.ts';
import { type ReferenceAnswer, Reference } from '../reference.ts';

/** Checks that wit-ts and the reference decode the same world from a component. */
export const worlds: Study = {
  name: 'worlds',
  question: 'Do wit-ts and the reference decode the same worlds?',
  page: 'docs/components.md',
  run,
};

const WORLDS = 5000;

/** The result for one component. */
interface Outcome {
  readonly name: string;
  readonly group: string;
  /** `equal`, or the kind of the difference. */
  readonly outcome: string;
  readonly detail?: string;
}

async function run({ seed, count = WORLDS }: StudyOptions): Promise<StudyFindings> {
  const reference = new Reference();
  const outcomes: Outcome[] = [];
  const large = largeComponent();
  const all = await specimens();
  for (const specimen of large === undefined ? all : [...all, large])
    outcomes.push(await compare(specimen, reference));
  let rejected = 0;
  for (let i = 0; i - rejected < count; i += 1) {
    const outcome = await compareWorld(i, new Random(seed * 1_000_003 + i), reference);
    if (outcome === 'rejected') rejected += 1;
    else outcomes.push(outcome);
  }
  const failed = outcomes.some(({ outcome }) => /^(?:only we reject|differs|unreadable)/u.test(outcome));
  return { markdown: report(outcomes, rejected), failed, data: outcomes };
}

/** Returns `rejected` when both reject the text, for example because an export needs an import that does not exist. */
async function compareWorld(
  index: number,
  random: Random,
  reference: Reference,
): Promise<Outcome | 'rejected'> {
  const { wit, world } = randomWorld(random);
  const named = { name: `world ${index}`, group: 'random worlds' };
  const made = await reference.componentOf(wit, world);
  const { value, diagnostics } = resolve(wit);
  const hasOurErrors = hasErrors(diagnostics);
  if (made.tag === 'panicked') return { ...named, outcome: 'the reference panics', detail: wit };
  if (made.tag === 'rejected') {
    return hasOurErrors
      ? 'rejected'
      : { ...named, outcome: 'differs: only the reference rejects the text', detail: made.message };
  }
  if (hasOurErrors)
    return { ...named, outcome: 'differs: only we reject the text', detail: diagnostics[0]!.message };
  const outcome = await compare({ ...named, bytes: new Uint8Array(made.value) }, reference);
  if (outcome.outcome !== 'equal') return outcome;
  // The source of the component is known too, so the decoded world is also compared with the source.
  const source = value.package?.worlds.get(world);
  const ours = componentWorld(decode(made.value));
  const difference =
    source === undefined ? 'the source contains no world' : missingInSource(ours.resolve, value.resolve);
  return difference === undefined
    ? outcome
    : { ...named, outcome: 'differs from its source', detail: difference };
}

async function compare({ name, group, bytes }: Specimen, reference: Reference): Promise<Outcome> {
  const plain = compareTexts(await reference.worldText(bytes), bytes);
  const result = { name, group, ...plain };
  if (!plain.outcome.startsWith('equal')) return result;
  const local = await reference.withLocalInterfaces(bytes);
  if (local.tag !== 'accepted')
    return { ...result, outcome: 'equal world; the reference cannot show its interfaces' };
  return { name, group, ...compareTexts(await reference.worldText(local.value), local.value) };
}

function compareTexts(
  theirs: ReferenceAnswer<string>,
  bytes: Uint8Array,
): { outcome: string; detail?: string } {
  const ours = decoded(bytes);
  if (typeof ours === 'string') {
    return theirs.tag === 'accepted'
      ? { outcome: 'only we reject', detail: ours }
      : { outcome: 'both reject', detail: ours };
  }
  if (theirs.tag === 'panicked') return { outcome: 'the reference panics' };
  if (theirs.tag === 'rejected') return { outcome: 'only the reference rejects', detail: theirs.message };
  const text = print(ours.resolve, ours.what);
  if (text.trimEnd() !== theirs.value.trimEnd())
    return { outcome: 'differs: text', detail: `${theirs.value}\n---\n${text}` };
  const again = read(theirs.value);
  // A reference to another package cannot be resolved without that package. Then only the texts can be compared.
  if (again === undefined) return { outcome: 'equal text, which refers to other packages' };
  const [left, right] = [again, ours.resolve].map(canonicalText);
  if (left !== right) {
    // In text, imports and exports share an interface. The text therefore implies imports that the component does not
    // have.
    const hasParts = 'imports' in ours.what && [...ours.what.imports.values()].some(isPart);
    return hasParts
      ? { outcome: 'equal text, which implies more imports than the component has' }
      : { outcome: 'differs: model', detail: `${left}\n---\n${right}` };
  }
  const law = printedAgain(ours.resolve, ours.what);
  if (law !== undefined) return { outcome: 'differs: printed again', detail: law };
  const json = [again, read(text)!].map((contract) => JSON.stringify(toJson(contract)));
  return json[0] === json[1] ? { outcome: 'equal' } : { outcome: 'differs: JSON', detail: text };
}

/** Prints a contract with all its packages, and again what that text says. Returns the texts if they differ. */
function printedAgain(contract: Resolve, what: World | Package): string | undefined {
  const text = print(contract, what, { nested: true });
  const { value, diagnostics } = resolve(text, { allFeatures: true, encodable: false });
  if (hasErrors(diagnostics)) return `${diagnostics[0]!.message}\n---\n${text}`;
  const main = value.package!;
  const same = 'imports' in what ? main.worlds.get(what.name)! : main;
  const again = print(value.resolve, same, { nested: true });
  return again === text ? undefined : `${text}\n---\n${again}`;
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

/**
 * Returns the first part of a decoded contract that its source does not contain. A component contains only the parts
 * that it needs.
 */
function missingInSource(found: Resolve, source: Resolve): string | undefined {
  const [parts, whole] = [found, source].map(
    (contract) => JSON.parse(canonicalText(contract)) as Record<string, Parts>,
  );
  for (const [name, part] of Object.entries(parts!)) {
    if (name.startsWith('world ')) continue;
    for (const kind of ['types', 'functions'] as const) {
      const known = new Set(whole![name]?.[kind].map((member) => JSON.stringify(member)));
      const missing = part[kind].find((member) => !known.has(JSON.stringify(member)));
      if (missing !== undefined) return `${name}: ${JSON.stringify(missing)}`;
    }
  }
  return undefined;
}

interface Parts {
  readonly types: readonly unknown[];
  readonly functions: readonly unknown[];
}

function report(outcomes: readonly Outcome[], rejected: number): string {
  const groups = [...new Set(outcomes.map(({ group }) => group))];
  const kinds = [...new Set(outcomes.map(({ outcome }) => outcome))].toSorted((a, b) => count(b) - count(a));
  function count(kind: string, group?: string): number {
    return outcomes.filter((it) => it.outcome === kind && (group === undefined || it.group === group)).length;
  }
  return [
    ...markdownTable(
      ['result', ...groups],
      [
        ['components', ...groups.map((group) => String(outcomes.filter((it) => it.group === group).length))],
        ...kinds.map((kind) => [kind, ...groups.map((group) => String(count(kind, group)))]),
      ],
    ),
    '',
    `Both reject ${rejected} further random texts, for example because an export needs the same interface as an import.`,
    ...rejectionReasons(outcomes),
  ].join('\n');
}

/** Lists the reasons for which one of the two rejects a component, by kind. */
function rejectionReasons(outcomes: readonly Outcome[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { name, outcome, detail = '' } of outcomes) {
    if (!outcome.includes('reject') && !outcome.includes('panics')) continue;
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
