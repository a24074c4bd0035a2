import { compareWithKnown, type KnownFailures } from './known-failures.ts';
import type { Case, Report } from './suite.ts';

const SUBJECTS: Readonly<Record<string, string>> = {
  'wit-pass': 'WIT parses and resolves to the reference’s JSON, byte for byte',
  'wit-fail': 'wrong WIT is refused, the first error at the reference’s position',
  'wit-print': 'resolved WIT, and WIT in a binary, prints as the reference prints it',
  decode: 'the world of a component prints as the reference prints it',
  wast: 'the specification’s own scripts: validation, linking, values, resources, async',
  vectors:
    'Canonical ABI: layout, flat types, lowering, lifting and traps as the specification’s definitions give them',
};

/** The scores as a page of the documentation. */
export function scoresMarkdown(reports: readonly Report[], known: KnownFailures): string {
  const rows = reports.map(
    ({ suite, passed, failed, skipped }) =>
      `| \`${suite}\` | ${SUBJECTS[suite] ?? ''} | ${passed} | ${failed} | ${skipped} | ${percent(passed, passed + failed)} |`,
  );
  return [
    '# Conformance',
    '',
    'Scores of the suites over the public corpora of the component model and its reference tools. Written by',
    '`pnpm conformance all --markdown docs/conformance.md`; a case that cannot be run counts as failed.',
    '',
    '| suite | a case shows that | passed | failed | skipped | |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    'What fails is listed, with a reason each, in `packages/conformance/known-failures.json`; `pnpm check` fails when a case',
    'outside that list fails, and when one on it passes.',
    '',
    ...reports.flatMap((report) => failures(report, known)),
  ].join('\n');
}

function failures(report: Report, known: KnownFailures): readonly string[] {
  const failed = report.cases.filter((result) => result.status === 'failed');
  if (failed.length === 0) return [];
  const list = known.get(report.suite) ?? [];
  const reasonOf = (result: Case): string =>
    list.find((entry) => compareWithKnown({ ...report, cases: [result] }, [entry]).known.length > 0)
      ?.reason ?? 'not understood yet';
  const byReason = Map.groupBy(failed, reasonOf);
  const lines = [...byReason].map(([reason, cases]) => `- ${reason}: ${places(cases)}`);
  return [`## \`${report.suite}\``, '', ...lines, ''];
}

function places(cases: readonly Case[]): string {
  const files = Map.groupBy(cases, ({ file }) => file.replace(/^(?:\.\.\/)*shared\/(?:corpus\/)?/u, ''));
  return [...files]
    .map(([file, those]) => {
      const lines = those.flatMap(({ line }) => (line === undefined ? [] : [line]));
      return lines.length === 0 ? `\`${file}\`` : `\`${file}\` (${lines.join(', ')})`;
    })
    .join('; ');
}

function percent(part: number, whole: number): string {
  if (whole === 0) return '';
  // Rounded down: 100 % is only said where everything passes.
  return `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}
