import { type CommandResult, runCommand, runSource } from '@wit-ts/dev-support/run-command';
import { single, type CheckStep, type StepResult } from '../step.ts';

function command(name: string, run: () => Promise<CommandResult>): CheckStep {
  return { name, run: async () => outcome(await run()) };
}

/** A command passes if it exits with 0. Otherwise its output is the problem. */
function outcome({ code, output }: CommandResult): StepResult {
  return single(code === 0 ? [] : [output.trim() === '' ? `It exited with ${code}.` : output.trim()]);
}

export const formatStep = command('format', () =>
  runCommand('prettier', ['--check', '--log-level', 'warn', '.']),
);
export const lint = command('lint', () => runCommand('oxlint', ['--deny-warnings']));
export const typesStep = command('types', () =>
  runCommand('tsc', ['-p', 'tsconfig.json', '--pretty', 'false']),
);
/** Compares the EBNF, the railroad diagrams and the TextMate grammar with what the grammar generates. */
export const generated = command('generated from the grammar', () =>
  runSource('grammars/wit/src/generate.ts', ['--check']),
);
/** The README's first command, without the guests that need other tools. */
export const demo = command('demo', () => runSource('test-components/edge-handler/host/demo.ts'));
/** Compares values with declarations for random types: `pnpm study mapping` at a smaller scale. */
export const mappingLawStep = command('law of the mapping', () =>
  runSource('packages/dev-studies/src/main.ts', ['mapping', '--count', '400', '--seed', '1']),
);
