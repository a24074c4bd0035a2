import { existsSync } from 'node:fs';
import { shared } from './files.ts';
import { suites } from './registry.ts';
import type { Case, Report, SuiteOptions } from './suite.ts';

/**
 * Runs a suite to its end, telling `onCase` of each case as it comes. A suite that breaks off ends with a failed case that
 * says so; one whose corpora are not there has a single skipped case.
 *
 * Throws a RangeError where there is no such suite.
 */
export async function runSuite(
  name: string,
  options: SuiteOptions,
  onCase: (result: Case) => void = () => {},
): Promise<Report> {
  const load = suites.get(name);
  if (load === undefined) throw new RangeError(`There is no suite ${JSON.stringify(name)}.`);
  const cases: Case[] = [];
  const add = (result: Case): void => {
    cases.push(result);
    onCase(result);
  };
  if (options.paths.length === 0 && !existsSync(shared(''))) {
    add({ file: '../shared', name, status: 'skipped', reason: 'The corpora in ../shared are not there.' });
  } else {
    try {
      const suite = await load();
      for await (const result of suite.run(options)) add(result);
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      add({ file: '', name: `the suite ${name}`, status: 'failed', reason: `It broke off: ${reason}` });
    }
    if (cases.length === 0) {
      add({ file: '', name: `the suite ${name}`, status: 'failed', reason: 'It found no case to run.' });
    }
  }
  const count = (status: Case['status']): number => cases.filter((result) => result.status === status).length;
  return {
    suite: name,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    cases,
  };
}
