import { join } from 'node:path';
import type { TestFiles } from '../prepare-test-files.ts';
import { runtimeCommand } from '../install-runtime.ts';
import { withOutside } from './outside.ts';
import { outputOf, parseOutput, type PlatformOutput } from './platform-output.ts';

/** Runs the cases on a version of Node. */
export async function runNode(
  name: 'node-22-0' | 'node-22' | 'node-24' | 'node-26',
  testFiles: TestFiles,
): Promise<PlatformOutput> {
  // The workspace pins Node 26, so this process runs on it.
  return runFile(name === 'node-26' ? process.execPath : await runtimeCommand(name), [], testFiles);
}

/** Runs the cases on Deno, with the permission to read files, to reach one server, and no other. */
export async function runDeno(testFiles: TestFiles): Promise<PlatformOutput> {
  return runFile(
    await runtimeCommand('deno'),
    ['run', '--no-prompt', '--no-config', '--no-remote', '--allow-read', '--allow-net=127.0.0.1'],
    testFiles,
  );
}

/** Runs the cases on Bun. */
export async function runBun(testFiles: TestFiles): Promise<PlatformOutput> {
  return runFile(await runtimeCommand('bun'), ['run', '--no-install'], testFiles);
}

async function runFile(
  program: string,
  flags: readonly string[],
  { directory }: TestFiles,
): Promise<PlatformOutput> {
  const version = (await outputOf(program, ['--version'])).trim().split('\n')[0] ?? '';
  const file = join(directory, 'node/node-deno-bun.js');
  const printed = await withOutside((origin) =>
    outputOf(program, [...flags, file, directory, origin], directory),
  );
  return parseOutput(/\d+\.\d+\.\d+/u.exec(version)?.[0] ?? version, printed);
}
