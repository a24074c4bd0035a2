import { performance } from 'node:perf_hooks';
import { stripVTControlCharacters } from 'node:util';
import { single, type CheckStep, type StepResult } from './step.ts';

interface Total {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The number of problems of one step that are shown; the rest is counted. */
const SHOWN = 20;

/** Runs all steps in order, also after one has failed, and prints the result of each on a line. */
export async function runAll(steps: readonly CheckStep[], say: (line: string) => void): Promise<Total> {
  const summary: string[] = [];
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps) {
    const start = performance.now();
    const result = await outcomeOf(step);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const line = `${mark(result)} ${step.name} (${seconds} s)${result.note === undefined ? '' : `: ${result.note}`}`;
    say(line);
    for (const problem of result.problems.slice(0, SHOWN)) say(indent(problem));
    if (result.problems.length > SHOWN) say(indent(`… and ${result.problems.length - SHOWN} more`));
    summary.push(line);
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
  }
  say(`\n${summary.join('\n')}\n`);
  return total;
}

/** Returns the last line of the output: how many steps and tests passed. */
export function totalLine({ passed, failed, skipped }: Total): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function outcomeOf(step: CheckStep): Promise<StepResult> {
  try {
    return await step.run();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return single([stripVTControlCharacters(text)]);
  }
}

function mark({ passed, failed }: StepResult): string {
  if (failed > 0) return 'FAIL';
  return passed > 0 ? ' ok ' : 'skip';
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `       ${line}`)
    .join('\n');
}
