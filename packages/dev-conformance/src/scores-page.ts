import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { compareWithKnown, type KnownFailures } from './known-failures.ts';
import type { CaseResult, SuiteReport } from './conformance-suite.ts';

const SUBJECTS: Readonly<Record<string, string>> = {
  'wit-pass': 'WIT parses and resolves to the reference’s JSON, byte for byte',
  'wit-fail': 'invalid WIT is rejected, and the first error is at the reference’s position',
  'wit-print': 'resolved WIT, from text and from a binary, is printed exactly as the reference prints it',
  decode: 'the world of a component is printed exactly as the reference prints it',
  wast: 'the specification’s test scripts pass: validation, linking, values, resources, async',
  vectors: 'the Canonical ABI lays out, lowers, lifts and traps as the specification’s definitions do',
  wasi: 'programs of WASI do what their manifests state, run by `wit-ts run` and `wit-ts serve`',
};

/** Returns the page `docs/conformance.md`, formatted as prettier formats it. */
export function scoresMarkdown(reports: readonly SuiteReport[], known: KnownFailures): string {
  const scores = reports.map(({ suite, passed, failed, skipped }) => [
    `\`${suite}\``,
    SUBJECTS[suite] ?? '',
    ...[passed, failed, skipped].map(String),
    percent(passed, passed + failed),
  ]);
  const page = [
    '# Conformance',
    '',
    'The table shows, for each conformance suite, how many of its cases pass; the tables below it list every failure with its',
    'reason.',
    '',
    'A suite runs the public corpora of the component model and its reference tools. `passed`, `failed` and `skipped` count',
    'cases; a case that cannot be run counts as failed, and `skipped` cases are of a corpus that is not on this machine.',
    '`share` is the part of all cases that pass, rounded down. `pnpm conformance all --markdown docs/conformance.md` writes',
    'this page.',
    '',
    ...markdownTable(['suite', 'what a case shows', 'passed', 'failed', 'skipped', 'share'], scores, {
      firstNumber: 2,
    }),
    '',
    '`packages/dev-conformance/known-failures.json` lists the failures with their reasons. `pnpm check` fails if a case that',
    'is not on the list fails, and if a case on the list passes.',
    ...reports.flatMap((report) => failures(report, known)),
  ];
  return `${page.join('\n')}\n`;
}

/** Reads a page written by `scoresMarkdown` and returns how many cases of each suite have passed according to it. */
export function documentedScores(page: string): ReadonlyMap<string, number> {
  const rows = page.matchAll(/^\| `([\w-]+)` +\|[^|]*\| +(\d+) \|/gmu);
  return new Map(Array.from(rows, ([, suite = '', passed]) => [suite, Number(passed)]));
}

function failures(report: SuiteReport, known: KnownFailures): readonly string[] {
  const list = known.get(report.suite) ?? [];
  const failed = report.cases.filter((result) => result.status === 'failed');
  if (failed.length === 0) return [];
  const reasonOf = (result: CaseResult): string =>
    list.find((entry) => compareWithKnown({ ...report, cases: [result] }, [entry]).known.length > 0)
      ?.reason ?? 'unknown';
  const rows = [...Map.groupBy(failed, reasonOf)].flatMap(([reason, cases]) =>
    [...Map.groupBy(cases, ({ file }) => file)].map(([file, those]) => [
      `\`${file.replace(/^(?:\.\.\/)*shared\/(?:corpus\/)?/u, '')}\``,
      reason,
      `${those.length} of ${report.cases.filter((result) => result.file === file).length}`,
    ]),
  );
  return [
    '',
    `## Failures of \`${report.suite}\``,
    '',
    ...markdownTable(['file', 'reason', 'failed cases'], rows, { firstNumber: 2 }),
  ];
}

function percent(part: number, whole: number): string {
  if (whole === 0) return '';
  // Rounded down, so that 100 % means that every case passes.
  return `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}
