import { hasErrors, type Diagnostic } from '@wit-ts/diagnostics';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { format, resolve } from '@wit-ts/wit';
import { mutateMeaning, mutateTokens, type Mutant } from './mutate-wit.ts';
import { Random } from '@wit-ts/dev-support/random';
import { Reference, type ReferenceAnswer } from '../reference.ts';
import { STUDY_WORLD, selfContainedFiles, type SelfContainedFile } from './self-contained-files.ts';
import type { StudyFindings, Study, StudyOptions } from '../study.ts';
import { allWitPackages, modernized } from './wit-packages.ts';

/**
 * Checks that wit-ts and the reference accept the same mutants of shipped WIT, and that none causes an exception or a
 * hang.
 */
export const mutation: Study = {
  name: 'mutation',
  question: 'Do wit-ts and the reference accept the same texts with syntax errors?',
  run: async (options) => run(options, mutateTokens),
};

/** Does the same with mutants that are mostly syntactically valid but have the wrong meaning. */
export const meaning: Study = {
  name: 'meaning',
  question: 'Do wit-ts and the reference accept the same texts with a wrong meaning?',
  run: async (options) => run(options, mutateMeaning),
};

type Mutate = (text: string, random: Random) => Mutant;

const MUTANTS = 20_000;
/** A mutant that takes more than this many milliseconds counts as a hang. */
const SLOW = 2000;

interface Difference {
  readonly kind: string;
  readonly file: string;
  readonly mutant: number;
  readonly steps: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: string;
}

interface MutationCounts {
  mutants: number;
  bothAccept: number;
  bothReject: number;
  panics: number;
  exceptions: number;
  slowest: number;
  diagnostics: number;
  readonly differences: Difference[];
}

async function run({ seed, count = MUTANTS }: StudyOptions, mutate: Mutate): Promise<StudyFindings> {
  const reference = new Reference();
  const files = await baseFiles(reference);
  const counts: MutationCounts = {
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
    await studyMutant(base, i, made, reference, counts);
  }
  return {
    markdown: report(counts, files),
    failed: counts.exceptions > 0 || counts.slowest > SLOW,
    data: counts,
  };
}

interface BaseFiles {
  readonly usable: readonly SelfContainedFile[];
  readonly excluded: readonly { readonly name: string; readonly why: string }[];
}

/** Returns the files that both wit-ts and the reference accept. Mutants of other files would show nothing. */
async function baseFiles(reference: Reference): Promise<BaseFiles> {
  const all = (await allWitPackages()).map(modernized);
  const usable: SelfContainedFile[] = [];
  const excluded: { name: string; why: string }[] = [];
  for (const base of all.flatMap((one) => selfContainedFiles(one, all))) {
    const text = base.before + base.text + base.after;
    const { diagnostics } = resolve(text, { allFeatures: true });
    const verdict = await reference.acceptsWit(text, STUDY_WORLD);
    if (diagnostics.length === 0 && verdict.tag === 'accepted') usable.push(base);
    else excluded.push({ name: base.name, why: diagnostics[0]?.message ?? textOf(verdict) });
  }
  return { usable, excluded };
}

async function studyMutant(
  base: SelfContainedFile,
  mutant: number,
  made: Mutant,
  reference: Reference,
  counts: MutationCounts,
): Promise<void> {
  const text = base.before + made.text + base.after;
  counts.mutants += 1;
  let diagnostics: readonly Diagnostic[];
  const started = performance.now();
  try {
    ({ diagnostics } = resolve(text, { allFeatures: true }));
    format(text);
  } catch (error) {
    counts.exceptions += 1;
    counts.differences.push({
      kind: 'exception',
      file: base.name,
      mutant,
      steps: made.steps,
      ours: [String(error)],
      theirs: '',
    });
    return;
  }
  counts.slowest = Math.max(counts.slowest, performance.now() - started);
  const verdict = await reference.acceptsWit(text, STUDY_WORLD);
  const rejects = hasErrors(diagnostics);
  if (rejects) counts.diagnostics += diagnostics.length;
  if (verdict.tag === 'panicked') counts.panics += 1;
  else if (rejects && verdict.tag === 'rejected') counts.bothReject += 1;
  else if (!rejects && verdict.tag === 'accepted') counts.bothAccept += 1;
  else {
    const kind = rejects
      ? `only we reject: ${[...new Set(diagnostics.map(({ code }) => code))].join(', ')}`
      : `only the reference rejects: ${pattern(textOf(verdict))}`;
    const ours = diagnostics.map(({ code, message }) => `${code}: ${message}`);
    counts.differences.push({
      kind,
      file: base.name,
      mutant,
      steps: made.steps,
      ours,
      theirs: textOf(verdict),
    });
  }
}

function textOf(verdict: ReferenceAnswer<void>): string {
  return verdict.tag === 'accepted' ? 'accepted' : verdict.message;
}

/** Removes names and numbers from a message, so that similar messages are counted together. */
function pattern(message: string): string {
  return message
    .replaceAll(/[`'"][^`'"]*[`'"]/gu, '…')
    .replaceAll(/\d+/gu, 'N')
    .replaceAll(/\s+/gu, ' ');
}

function report(counts: MutationCounts, { usable, excluded }: BaseFiles): string {
  const kinds = new Map<string, Difference[]>();
  for (const difference of counts.differences) {
    const group = kinds.get(difference.kind);
    if (group === undefined) kinds.set(difference.kind, [difference]);
    else group.push(difference);
  }
  const rows = [
    ['both accept', counts.bothAccept],
    ['both reject', counts.bothReject],
    ['the reference panics', counts.panics],
    ['wit-ts throws an exception', counts.exceptions],
    ...[...kinds].map(([kind, group]) => [kind, group.length] as const).sort(([, a], [, b]) => b - a),
  ].map(([result, mutants]) => [String(result), String(mutants)]);
  const lines = [
    `${counts.mutants} mutants of ${usable.length} files (${excluded.length} files are excluded).`,
    '',
    ...markdownTable(['result', 'mutants'], rows),
    '',
    `Resolving and formatting the slowest mutant took ${Math.round(counts.slowest)} ms. A rejected mutant has on average ${(
      counts.diagnostics / Math.max(1, counts.mutants - counts.bothAccept)
    ).toFixed(2)} diagnostics.`,
  ];
  if (excluded.length > 0)
    lines.push('', 'Excluded files:', '', ...excluded.map(({ name, why }) => `- ${name}: ${why}`));
  return lines.join('\n');
}
