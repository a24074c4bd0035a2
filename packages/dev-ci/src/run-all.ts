import { performance } from 'node:perf_hooks';
import { stripVTControlCharacters } from 'node:util';
import { single, type CheckStep, type StepResult } from './step.ts';

interface Total {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Problems of one step that are shown in full; the rest is counted. */
const SHOWN = 20;

/** Runs the steps in order, each to its end whatever the others did, and tells what comes of them line by line. */
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

/** The line that CI readers know. */
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
