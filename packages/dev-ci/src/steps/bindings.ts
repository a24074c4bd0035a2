import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand, runSource } from '@wit-ts/dev-support/run-command';
import { single, skipped, type CheckStep, type StepResult } from '../step.ts';
import { root } from '@wit-ts/dev-support/workspace';

/** The bindings that are committed below `test-components` are those that `wit-ts gen` writes today. */
export const bindings: CheckStep = { name: 'bindings are current', run };

async function run(): Promise<StepResult> {
  const listed = await runCommand('git', ['ls-files', 'test-components'], { outputOnly: true });
  const folders = new Set(
    listed.output.split('\n').flatMap((file) => /^.*\/generated(?=\/)/u.exec(file)?.[0] ?? []),
  );
  const problems: string[] = [];
  for (const folder of folders) {
    const wit = witAbove(folder);
    if (wit === undefined) {
      problems.push(
        `${folder}: no \`wit\` folder stands above it, so nobody knows what it is generated from.`,
      );
      continue;
    }
    const { code, output } = await runSource('packages/cli/src/bin.ts', [
      'gen',
      wit,
      '-o',
      folder,
      '--check',
    ]);
    if (code !== 0) problems.push(`${folder}: ${output.trim()}`);
  }
  if (folders.size === 0) return skipped('no bindings are committed');
  return single(problems, `${folders.size} folders`);
}

function witAbove(folder: string): string | undefined {
  for (let above = dirname(folder); above !== '.'; above = dirname(above)) {
    if (existsSync(join(root, above, 'wit'))) return `${above}/wit`;
  }
  return undefined;
}
