import { existsSync } from 'node:fs';
import { sharedPath } from './paths.ts';
import { conformanceSuites } from './registry.ts';
import type { CaseResult, SuiteReport, SuiteOptions } from './conformance-suite.ts';

/**
 * Runs all cases of a suite and passes each result to `onCase` as soon as it is known. A suite that throws ends with a
 * failed case that contains the error. When the suite needs `../shared` and it does not exist, the only result is a
 * skipped case.
 *
 * Throws a RangeError when no suite has the name.
 */
export async function runSuite(
  name: string,
  options: SuiteOptions,
  onCase: (result: CaseResult) => void = () => {},
): Promise<SuiteReport> {
  const load = conformanceSuites.get(name);
  if (load === undefined) throw new RangeError(`no suite is named ${JSON.stringify(name)}`);
  const cases: CaseResult[] = [];
  const add = (result: CaseResult): void => {
    cases.push(result);
    onCase(result);
  };
  if (options.paths.length === 0 && !existsSync(sharedPath(''))) {
    add({
      file: '../shared',
      name,
      status: 'skipped',
      reason: '../shared, which contains the test files, does not exist',
    });
  } else {
    try {
      const suite = await load();
      for await (const result of suite.run(options)) add(result);
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      add({
        file: '',
        name: `the suite ${name}`,
        status: 'failed',
        reason: `the suite stopped with an error: ${reason}`,
      });
    }
    if (cases.length === 0) {
      add({
        file: '',
        name: `the suite ${name}`,
        status: 'failed',
        reason: 'the suite found no cases to run',
      });
    }
  }
  const count = (status: CaseResult['status']): number =>
    cases.filter((result) => result.status === status).length;
  return {
    suite: name,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    cases,
  };
}
