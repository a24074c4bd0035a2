import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './workspace.ts';

export interface CommandResult {
  /** `undefined` where the command could not be started or was ended for taking too long. */
  readonly code: number | undefined;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

export interface CommandOptions {
  /** The checkout's root where absent. */
  readonly cwd?: string;
  /** In minutes. */
  readonly patience?: number;
  /** Standard output alone. */
  readonly quiet?: boolean;
}

/** Runs a command of the checkout as CI would: no terminal, no colours, no standard input. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd = root, patience = 10, quiet = false } = options;
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      timeout: patience * 60_000,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    if (!quiet) child.stderr.on('data', collect);
    child.once('error', (error) => done({ code: undefined, output: `${output}${error.message}` }));
    child.once('close', (code, signal) => {
      const late = signal === null ? '' : `\nIt was ended by ${signal}; ${patience} minutes are allowed.`;
      done({ code: code ?? undefined, output: stripVTControlCharacters(output) + late });
    });
  });
}

/** A program of the checkout, run by this Node from its source. */
export function runSource(file: string, args: readonly string[] = []): Promise<CommandResult> {
  return runCommand(process.execPath, ['--conditions=@wit-ts/source', file, ...args]);
}

/** The package manager that the README names. */
export function runPnpm(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runCommand('npx', ['-y', 'pnpm@12', ...args], options);
}

function environment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const path = [join(root, 'node_modules/.bin'), inherited['PATH'] ?? ''].join(delimiter);
  return { ...inherited, PATH: path, CI: 'true', NO_COLOR: '1' };
}
