import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './workspace.ts';

export interface CommandResult {
  /** `undefined` when the command could not be started, or was stopped because it took too long. */
  readonly code: number | undefined;
  /** Standard output and standard error in the order in which they arrived, without colours. */
  readonly output: string;
}

export interface CommandOptions {
  /** The working directory; the checkout's root by default. */
  readonly cwd?: string;
  /** How long the command may take, in minutes; 10 by default. */
  readonly minutes?: number;
  /** Leaves standard error out of the output. */
  readonly outputOnly?: boolean;
  /** Variables that are added to the environment; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a command as CI would: with no terminal, colours or standard input, and with the checkout's tools on the path.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd = root, minutes = 10, outputOnly = false, env = {} } = options;
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...environment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      timeout: minutes * 60_000,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    if (!outputOnly) child.stderr.on('data', collect);
    child.once('error', (error) => done({ code: undefined, output: `${output}${error.message}` }));
    child.once('close', (code, signal) => {
      const stopped = signal === null ? '' : `\nstopped by ${signal}; the limit is ${minutes} minutes`;
      done({ code: code ?? undefined, output: stripVTControlCharacters(output) + stopped });
    });
  });
}

/** Runs a program of the checkout from its source, with the Node that runs this one. */
export function runSource(file: string, args: readonly string[] = []): Promise<CommandResult> {
  return runCommand(process.execPath, ['--conditions=@wit-ts/source', file, ...args]);
}

/** Runs the package manager that the README names. */
export function runPnpm(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runCommand('npx', ['-y', 'pnpm@12', ...args], options);
}

function environment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const path = [join(root, 'node_modules/.bin'), inherited['PATH'] ?? ''].join(delimiter);
  return { ...inherited, PATH: path, CI: 'true', NO_COLOR: '1' };
}
