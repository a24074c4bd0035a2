import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, runPnpm } from '../run-command.ts';
import { single, type Step, type StepResult } from '../step.ts';
import { publishedPackages, root } from '../workspace.ts';
import { outcome } from './commands.ts';

/** What would be published is built by its own scripts. */
export const build: Step = { name: 'build', run: async () => outcome(await runPnpm(['run', 'build'])) };

/** Each package as the registry would get it, looked at by `publint` and `attw`. Needs `build`. */
export const packed: Step = { name: 'packages', run };

const TOOLS = join(root, 'packages/checks/node_modules/.bin');

async function run(): Promise<StepResult> {
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-packed-'));
  const problems: string[] = [];
  const packages = publishedPackages();
  try {
    for (const { directory: cwd, manifest } of packages) {
      const destination = join(directory, manifest.name.replaceAll('/', '-'));
      const pack = await runPnpm(['pack', '--pack-destination', destination], { cwd });
      const tarball = pack.code === 0 ? (await readdir(destination)).at(0) : undefined;
      if (tarball === undefined) {
        problems.push(`${manifest.name} cannot be packed: ${pack.output.trim()}`);
        continue;
      }
      const file = join(destination, tarball);
      const lint = await runCommand(join(TOOLS, 'publint'), ['run', file, '--strict']);
      if (lint.code !== 0) problems.push(`${manifest.name}, publint: ${lint.output.trim()}`);
      const types = await runCommand(join(TOOLS, 'attw'), [
        file,
        '--profile',
        'esm-only',
        '--no-color',
        '--no-emoji',
      ]);
      if (types.code !== 0) problems.push(`${manifest.name}, attw: ${types.output.trim()}`);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return single(problems, `${packages.length} packages`);
}
