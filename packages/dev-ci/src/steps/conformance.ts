import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CaseResult,
  compareWithKnown,
  documentedScores,
  type KnownFailure,
  type KnownFailures,
  loadKnownFailures,
  type SuiteReport,
} from '@wit-ts/dev-conformance';
import { runSource } from '@wit-ts/dev-support/run-command';
import { single, type CheckStep, type StepResult } from '../step.ts';
import { root } from '@wit-ts/dev-support/workspace';

/** All suites, held against the list of known failures. */
export const conformance: CheckStep = { name: 'conformance', run };

async function run(): Promise<StepResult> {
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-conformance-'));
  try {
    const file = join(directory, 'report.json');
    const { output } = await runSource('packages/dev-conformance/src/main.ts', ['all', '--json', file]);
    const reports = await readFile(file, 'utf8').then(
      (text) => JSON.parse(text) as readonly SuiteReport[],
      () => undefined,
    );
    if (reports === undefined) return single([output.trim()]);
    const result = weigh(reports, await loadKnownFailures());
    const overstated = overstatements(reports, await readFile(join(root, 'docs/conformance.md'), 'utf8'));
    return {
      ...result,
      failed: result.failed + overstated.length,
      problems: [...result.problems, ...overstated],
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Known failures count as skipped; what is new counts as failed, whichever way it went. */
export function weigh(reports: readonly SuiteReport[], known: KnownFailures): StepResult {
  let passed = 0;
  let skipped = 0;
  const problems: string[] = [];
  for (const report of reports) {
    // A suite whose corpus is not there says nothing about the list.
    const list = report.passed + report.failed === 0 ? [] : (known.get(report.suite) ?? []);
    const comparison = compareWithKnown(report, list);
    passed += report.passed - comparison.unexpectedPasses.length;
    skipped += report.skipped + comparison.known.length;
    problems.push(
      ...comparison.unexpectedFailures.map(
        (result) => `${report.suite} ${place(result)}: ${result.reason ?? 'failed'}`,
      ),
      ...comparison.unexpectedPasses.map(
        (result) => `${report.suite} ${place(result)}: it passes now; take it off known-failures.json`,
      ),
      ...comparison.stale.map(
        (entry) =>
          `${report.suite} ${entryPlace(entry)}: not every case of it is there; take it off known-failures.json`,
      ),
    );
  }
  const note = reports
    .map((report) => `${report.suite} ${report.passed}/${report.passed + report.failed}`)
    .join(', ');
  return { passed, failed: problems.length, skipped, problems, note };
}

/** The page may lag behind what passes, and must not promise what does not. */
export function overstatements(reports: readonly SuiteReport[], page: string): readonly string[] {
  const documented = documentedScores(page);
  return reports.flatMap(({ suite, passed, failed }) => {
    const promised = documented.get(suite) ?? 0;
    if (passed + failed === 0 || promised <= passed) return [];
    return [`docs/conformance.md says that ${promised} cases of ${suite} pass; ${passed} do.`];
  });
}

function place({ file, line, name }: CaseResult): string {
  return `${line === undefined ? file : `${file}:${line}`} ${name}`;
}

function entryPlace({ file, lines, names }: KnownFailure): string {
  return `${file} ${(lines ?? names ?? []).join(', ')}`.trimEnd();
}
