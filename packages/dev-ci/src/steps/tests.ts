import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runCommand } from '@wit-ts/dev-support/run-command';
import { single, type CheckStep, type StepResult } from '../step.ts';
import { root } from '@wit-ts/dev-support/workspace';

/** The part of vitest's JSON report that the step reads. */
export interface TestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/**
 * The tests of `pnpm test`. With the path of vitest's JSON report of an earlier run, counts the tests in it instead.
 */
export function tests(report?: string): CheckStep {
  return {
    name: 'tests',
    run: async () => (report === undefined ? runProject('fast') : countReport(report)),
  };
}

/** The tests in files named `*.slow.test.ts`, which `pnpm test` leaves out. */
export const slowTests: CheckStep = { name: 'slow-tests', run: () => runProject('slow') };

/** Runs the tests of a project of `vitest.config.ts`. */
async function runProject(project: string): Promise<StepResult> {
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-tests-'));
  try {
    const file = join(directory, 'report.json');
    const { code, output } = await runCommand(
      'vitest',
      ['run', '--project', project, '--reporter=json', `--outputFile=${file}`],
      { minutes: 30 },
    );
    const result = await countReport(file);
    if (code !== 0 && result.failed === 0) return { ...result, failed: 1, problems: [output.trim()] };
    return result;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function countReport(file: string): Promise<StepResult> {
  try {
    return summarize(JSON.parse(await readFile(file, 'utf8')) as TestReport);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return single([`the test report cannot be read: ${reason}`]);
  }
}

/**
 * Counts the tests of a report. A file that fails outside its tests, such as while it loads, counts as one failed
 * test.
 */
export function summarize(report: TestReport): StepResult {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  const problems = [
    ...report.testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === 'failed')
        .map(
          (test) => `${shown(file.name)}: ${test.fullName}\n${ownFrames(test.failureMessages?.[0] ?? '')}`,
        ),
    ),
    ...broken.map((file) => `${shown(file.name)}: ${file.message ?? 'the file failed outside its tests'}`),
  ];
  const failed = report.numFailedTests + broken.length;
  if (failed === 0 && !report.success) problems.push('vitest reports a failure without naming a test');
  return {
    passed: report.numPassedTests,
    failed: Math.max(failed, report.success ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
    problems,
    note: `${report.testResults.length} files`,
  };
}

/** A stack without the test runner's frames. */
function ownFrames(message: string): string {
  return message
    .split('\n')
    .filter((line) => !/^\s+at .*(?:\/node_modules\/|node:internal|new Promise \(<anonymous>\))/u.test(line))
    .join('\n');
}

function shown(file: string): string {
  return relative(root, file).replaceAll('\\', '/');
}
