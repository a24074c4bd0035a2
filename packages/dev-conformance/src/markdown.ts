import { compareWithKnown, type KnownFailures } from './known-failures.ts';
import type { Case, Report } from './suite.ts';

const SUBJECTS: Readonly<Record<string, string>> = {
  'wit-pass': 'WIT parses and resolves to the reference’s JSON, byte for byte',
  'wit-fail': 'wrong WIT is refused, the first error at the reference’s position',
  'wit-print': 'resolved WIT, and WIT in a binary, prints as the reference prints it',
  decode: 'the world of a component prints as the reference prints it',
  wast: 'the specification’s own scripts: validation, linking, values, resources, async',
  vectors: 'Canonical ABI: layout, lowering, lifting and traps as the specification’s definitions give them',
};

/** The scores as a page of the documentation, laid out as prettier wants it. */
export function scoresMarkdown(reports: readonly Report[], known: KnownFailures): string {
  const scores = reports.map(({ suite, passed, failed, skipped }) => [
    `\`${suite}\``,
    SUBJECTS[suite] ?? '',
    ...[passed, failed, skipped].map(String),
    percent(passed, passed + failed),
  ]);
  const page = [
    '# Conformance',
    '',
    'Scores of the suites over the public corpora of the component model and its reference tools. Written by',
    '`pnpm conformance all --markdown docs/conformance.md`; a case that cannot be run counts as failed.',
    '',
    ...table(['suite', 'a case shows that', 'passed', 'failed', 'skipped', ''], scores, 2),
    '',
    'What fails is listed, with a reason each, in `packages/dev-conformance/known-failures.json`; `pnpm check` fails when a case',
    'outside that list fails, and when one on it passes.',
    ...reports.flatMap((report) => failures(report, known)),
  ];
  return `${page.join('\n')}\n`;
}

/** How many cases of each suite a page written by `scoresMarkdown` says have passed. */
export function documentedScores(page: string): ReadonlyMap<string, number> {
  const rows = page.matchAll(/^\| `([\w-]+)` +\|[^|]*\| +(\d+) \|/gmu);
  return new Map(Array.from(rows, ([, suite = '', passed]) => [suite, Number(passed)]));
}

function failures(report: Report, known: KnownFailures): readonly string[] {
  const list = known.get(report.suite) ?? [];
  const failed = report.cases.filter((result) => result.status === 'failed');
  if (failed.length === 0) return [];
  const reasonOf = (result: Case): string =>
    list.find((entry) => compareWithKnown({ ...report, cases: [result] }, [entry]).known.length > 0)
      ?.reason ?? 'not understood yet';
  const rows = [...Map.groupBy(failed, reasonOf)].flatMap(([reason, cases]) =>
    [...Map.groupBy(cases, ({ file }) => file)].map(([file, those]) => [
      `\`${file.replace(/^(?:\.\.\/)*shared\/(?:corpus\/)?/u, '')}\``,
      reason,
      `${those.length} of ${report.cases.filter((result) => result.file === file).length}`,
    ]),
  );
  return ['', `## What fails in \`${report.suite}\``, '', ...table(['file', 'because', 'cases'], rows, 2)];
}

/** Columns from `firstNumber` on stand at the right. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  firstNumber: number,
): readonly string[] {
  const widths = head.map((_, at) =>
    Math.max(3, ...[head, ...rows].map((row) => [...(row[at] ?? '')].length)),
  );
  const padded = (row: readonly string[]): readonly string[] =>
    widths.map((width, at) => {
      const cell = row[at] ?? '';
      const space = ' '.repeat(width - [...cell].length);
      return at < firstNumber ? cell + space : space + cell;
    });
  const rule = widths.map((width, at) =>
    at < firstNumber ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(padded(head)), line(rule), ...rows.map((row) => line(padded(row)))];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function percent(part: number, whole: number): string {
  if (whole === 0) return '';
  // Rounded down: 100 % is only said where everything passes.
  return `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}
