import { parseArgs } from 'node:util';
import { runAll, totalLine } from './run-all.ts';
import type { CheckStep } from './step.ts';
import { bindings } from './steps/bindings.ts';
import { bundleSize } from './steps/bundle-size.ts';
import { demo, formatStep, generated, lint, mappingLawStep, typesStep } from './steps/commands.ts';
import { conformance } from './steps/conformance.ts';
import { installs } from './steps/installs.ts';
import { build, packed } from './steps/published.ts';
import { slowTests, tests } from './steps/tests.ts';

/**
 * `pnpm check [--test-report FILE] [STEP…]`: everything that CI checks. Goes on after a failure; exits with 1 at the
 * end.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  // vitest's JSON report of tests that ran already
  options: { 'test-report': { type: 'string' } },
});

const steps: readonly CheckStep[] = [
  tests(values['test-report']),
  slowTests,
  formatStep,
  lint,
  typesStep,
  generated,
  bindings,
  conformance,
  mappingLawStep,
  demo,
  build,
  packed,
  installs,
  bundleSize,
];

const wrong = positionals.find((name) => steps.every((step) => step.name !== name));
if (wrong === undefined) {
  const chosen = steps.filter((step) => positionals.length === 0 || positionals.includes(step.name));
  const total = await runAll(chosen, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`${totalLine(total)}\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
} else {
  const names = steps.map((step) => `"${step.name}"`).join(', ');
  process.stderr.write(`There is no step "${wrong}". The steps are ${names}.\n`);
  process.exitCode = 2;
}
