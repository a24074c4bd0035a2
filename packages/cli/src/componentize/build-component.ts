import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { EXIT, Failure, inputFailure } from '../failure.ts';
import { findPackage, installCommand } from '../project-packages.ts';
import type { BuildJob, GuestEngine } from './engines.ts';

/**
 * Finds the package of an engine in the project of a guest, or of the directory in which the command runs, and returns
 * the directory of that project.
 *
 * @throws Failure that says how to install it
 */
export function engineProject({ packageName, version }: GuestEngine, directories: readonly string[]): string {
  for (const directory of directories) {
    const folder = findPackage(directory, packageName);
    if (folder !== undefined) return folder.slice(0, -path.join('node_modules', packageName).length);
  }
  const command = installCommand(directories[0]!, `${packageName}@${version}`, { isForDevelopment: true });
  throw inputFailure(
    `\`${packageName}\`, which builds components of JavaScript, is not installed`,
    `install it: ${command}`,
  );
}

/**
 * Builds a component in a process of its own: the packages of engines print, change the process, and cannot be stopped.
 *
 * @param project the directory of a project that has the package of the engine
 * @param directory where the process works and writes the component
 * @throws Failure with what the engine said
 */
export async function buildComponent(
  engine: GuestEngine,
  job: BuildJob,
  {
    project,
    directory,
    signal,
  }: { readonly project: string; readonly directory: string; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const output = path.join(directory, 'component.wasm');
  // The name of a package is looked up from the directory in which the process starts.
  const program = `import { readFileSync, writeFileSync } from 'node:fs';
const [job, directory, output] = process.argv.slice(1).map((text) => JSON.parse(text));
try {
  const module = await import(${JSON.stringify(engine.packageName)});
  process.chdir(directory);
  const build = async () => {
    ${engine.script}
  };
  writeFileSync(output, await build());
  process.exit(0);
} catch (error) {
  writeFileSync(output, String(error?.message ?? error));
  process.exit(1);
}`;
  const args = [
    '--input-type=module',
    '--eval',
    program,
    '--',
    ...[job, directory, output].map((each) => JSON.stringify(each)),
  ];
  const code = await new Promise<unknown>((resolve) => {
    const options = { cwd: project, signal, maxBuffer: 1 << 26 };
    execFile(process.execPath, args, options, (error) => resolve(error === null ? 0 : error.code));
  });
  const written = await readFile(output).catch(() => undefined);
  if (code === 0 && written !== undefined) return written;
  const reason = written?.toString('utf8') ?? `its process ended with ${String(code)}`;
  throw new Failure(
    EXIT.checkFailed,
    `${engine.packageName} cannot build the component: ${brief(reason)}`,
    engine.name === 'starling' && job.isAsync
      ? 'this engine has no asynchronous functions, streams and futures of WIT, which the package of the world mentions: choose `--backend quickjs`'
      : 'the guest runs once while it is built: look for errors at its top level, and for what the engine does not have',
  );
}

/** The text of an error without colours, and no more of it than fits a screen. */
function brief(reason: string): string {
  const lines = stripVTControlCharacters(reason)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.slice(0, 8).join('; ');
}
