import { join } from 'node:path';
import type { Assets } from '../assets.ts';
import { command } from '../runtimes.ts';
import { type Outcome, outcomeOf, output } from './outcome.ts';

/** Node, Deno and Bun run the file as it is. */
export async function runNode(name: 'node-22' | 'node-24' | 'node-26', assets: Assets): Promise<Outcome> {
  // This process is of the newest: the workspace pins it.
  return runFile(name === 'node-26' ? process.execPath : await command(name), [], assets);
}

export async function runDeno(assets: Assets): Promise<Outcome> {
  return runFile(
    await command('deno'),
    ['run', '--no-prompt', '--no-config', '--no-remote', '--allow-read'],
    assets,
  );
}

export async function runBun(assets: Assets): Promise<Outcome> {
  return runFile(await command('bun'), ['run', '--no-install'], assets);
}

async function runFile(program: string, flags: readonly string[], { directory }: Assets): Promise<Outcome> {
  const version = (await output(program, ['--version'])).trim().split('\n')[0] ?? '';
  const printed = await output(program, [...flags, join(directory, 'files.js'), directory], directory);
  return outcomeOf(/\d+\.\d+\.\d+/u.exec(version)?.[0] ?? version, printed);
}
