import { hasErrors, type Diagnostic } from '@wit-ts/diagnostics';
import { format, resolve } from '@wit-ts/wit';
import { mutateMeaning, mutateTokens, type Mutant } from './mutate.ts';
import { Random } from '../random.ts';
import { Reference, type Verdict } from './reference.ts';
import { STUDY_WORLD, standAlone, type StandAlone } from './stand-alone.ts';
import type { Findings, Study, StudyOptions } from '../study.ts';
import { allWitPackages, modernized } from './wit-files.ts';

/** Whether mutants of shipped WIT are accepted and rejected as by the reference, without exceptions and hangs. */
export const mutation: Study = { name: 'mutation', run: async (options) => run(options, mutateTokens) };

/** The same with mutants whose mistakes are in what they mean. */
export const meaning: Study = { name: 'meaning', run: async (options) => run(options, mutateMeaning) };

type Mutate = (text: string, random: Random) => Mutant;

const MUTANTS = 20_000;
/** Longer than this for one text is a hang. */
const SLOW = 2000;

interface Difference {
  readonly kind: string;
  readonly file: string;
  readonly mutant: number;
  readonly steps: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: string;
}

interface Tally {
  mutants: number;
  bothAccept: number;
  bothReject: number;
  panics: number;
  exceptions: number;
  slowest: number;
  diagnostics: number;
  readonly differences: Difference[];
}

async function run({ seed, count = MUTANTS }: StudyOptions, mutate: Mutate): Promise<Findings> {
  const reference = new Reference();
  const files = await bases(reference);
  const tally: Tally = {
    mutants: 0,
    bothAccept: 0,
    bothReject: 0,
    panics: 0,
    exceptions: 0,
    slowest: 0,
    diagnostics: 0,
    differences: [],
  };
  for (let i = 0; i < count; i += 1) {
    const base = files.usable[i % files.usable.length]!;
    const made = mutate(base.text, new Random(seed * 1_000_003 + i));
    await studyMutant(base, i, made, reference, tally);
  }
  return {
    markdown: report(tally, files),
    failed: tally.exceptions > 0 || tally.slowest > SLOW,
    data: tally,
  };
}

interface Bases {
  readonly usable: readonly StandAlone[];
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** The files that both accept as they are: nothing could be learnt from mutants of the others. */
async function bases(reference: Reference): Promise<Bases> {
  const all = (await allWitPackages()).map(modernized);
  const usable: StandAlone[] = [];
  const left: { name: string; why: string }[] = [];
  for (const base of all.flatMap((one) => standAlone(one, all))) {
    const text = base.before + base.text + base.after;
    const { diagnostics } = resolve(text, { allFeatures: true });
    const verdict = await reference.judge(text, STUDY_WORLD);
    if (diagnostics.length === 0 && verdict.tag === 'accepted') usable.push(base);
    else left.push({ name: base.name, why: diagnostics[0]?.message ?? textOf(verdict) });
  }
  return { usable, left };
}

async function studyMutant(
  base: StandAlone,
  mutant: number,
  made: Mutant,
  reference: Reference,
  tally: Tally,
): Promise<void> {
  const text = base.before + made.text + base.after;
  tally.mutants += 1;
  let diagnostics: readonly Diagnostic[];
  const started = performance.now();
  try {
    ({ diagnostics } = resolve(text, { allFeatures: true }));
    format(text);
  } catch (error) {
    tally.exceptions += 1;
    tally.differences.push({
      kind: 'exception',
      file: base.name,
      mutant,
      steps: made.steps,
      ours: [String(error)],
      theirs: '',
    });
    return;
  }
  tally.slowest = Math.max(tally.slowest, performance.now() - started);
  const verdict = await reference.judge(text, STUDY_WORLD);
  const rejects = hasErrors(diagnostics);
  if (rejects) tally.diagnostics += diagnostics.length;
  if (verdict.tag === 'panicked') tally.panics += 1;
  else if (rejects && verdict.tag === 'rejected') tally.bothReject += 1;
  else if (!rejects && verdict.tag === 'accepted') tally.bothAccept += 1;
  else {
    const kind = rejects
      ? `only we reject: ${[...new Set(diagnostics.map(({ code }) => code))].join(', ')}`
      : `only the reference rejects: ${pattern(textOf(verdict))}`;
    const ours = diagnostics.map(({ code, message }) => `${code}: ${message}`);
    tally.differences.push({
      kind,
      file: base.name,
      mutant,
      steps: made.steps,
      ours,
      theirs: textOf(verdict),
    });
  }
}

function textOf(verdict: Verdict): string {
  return verdict.tag === 'accepted' ? 'accepted' : verdict.message;
}

/** A message without the names in it, so that like comes to like. */
function pattern(message: string): string {
  return message
    .replaceAll(/[`'"][^`'"]*[`'"]/gu, '…')
    .replaceAll(/\d+/gu, 'N')
    .replaceAll(/\s+/gu, ' ');
}

function report(tally: Tally, { usable, left }: Bases): string {
  const kinds = new Map<string, Difference[]>();
  for (const difference of tally.differences) {
    const group = kinds.get(difference.kind);
    if (group === undefined) kinds.set(difference.kind, [difference]);
    else group.push(difference);
  }
  const lines = [
    `${tally.mutants} mutants of ${usable.length} files (${left.length} left out).`,
    '',
    '|  | mutants |',
    '| --- | --: |',
    `| both accept | ${tally.bothAccept} |`,
    `| both reject | ${tally.bothReject} |`,
    `| the reference panics | ${tally.panics} |`,
    `| exceptions of ours | ${tally.exceptions} |`,
    ...[...kinds]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([kind, group]) => `| ${kind} | ${group.length} |`),
    '',
    `Slowest mutant, resolved and formatted: ${Math.round(tally.slowest)} ms. Diagnostics a rejected mutant: ${(
      tally.diagnostics / Math.max(1, tally.mutants - tally.bothAccept)
    ).toFixed(2)}.`,
  ];
  if (left.length > 0) lines.push('', 'Left out:', '', ...left.map(({ name, why }) => `- ${name}: ${why}`));
  return lines.join('\n');
}
