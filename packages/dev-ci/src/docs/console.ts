import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { root } from '@wit-ts/dev-support/workspace';
import type { CodeBlock } from './markdown.ts';
import { snippetsDirectory } from './snippets.ts';

/** A command of a `console` block, and what the page says that it prints. */
interface ConsoleCommand {
  readonly command: string;
  readonly output: string;
}

/**
 * Reads a `console` block: a command is a line after `$ `, continued by `\` at its end, and its output the lines
 * below it.
 */
export function consoleCommands({ text }: CodeBlock): readonly ConsoleCommand[] {
  return text
    .split(/^\$ /mu)
    .slice(1)
    .map((part) => {
      const lines = part.split('\n');
      const last = lines.findIndex((line) => !line.endsWith('\\'));
      return {
        command: lines.slice(0, last + 1).join('\n'),
        output: lines
          .slice(last + 1)
          .join('\n')
          .trimEnd(),
      };
    });
}

const binaries = join(snippetsDirectory, 'bin');

/** Makes a directory with the commands that pages use: `wit-ts` from source, `npx` without a registry, and `tools`. */
export async function writeBinaries(tools: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(binaries, { recursive: true });
  const scripts = new Map([
    ['npx', 'exec "$@"'],
    ['wit-ts', `exec node '${join(root, 'packages/cli/src/bin.ts')}' "$@"`],
    // A tool that is named without its folder is on the path already.
    ...[...tools]
      .filter(([, path]) => path.includes('/'))
      .map(([name, path]) => [name, `exec '${path}' "$@"`] as const),
  ]);
  for (const [name, script] of scripts) {
    await writeFile(join(binaries, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(binaries, name), 0o755);
  }
}

/** Runs a command with a shell, and returns all that it printed without spaces at the ends of lines. */
export function runInShell(command: string, cwd: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('sh', ['-c', command], {
      cwd,
      env: {
        ...process.env,
        PATH: [binaries, dirname(process.execPath), process.env['PATH']].join(delimiter),
        NODE_OPTIONS: '--conditions=@wit-ts/source',
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', fail);
    child.once('close', () => done(output.replaceAll(/[^\S\n]+$/gmu, '').trimEnd()));
  });
}

/** Whether a command printed what a page says. A line `…` stands for any lines. */
export function printsAs(actual: string, expected: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line.trim() === '…' ? '(?:.*\n)*?.*' : line.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&')))
    .join('\n');
  return new RegExp(`^${pattern}$`, 'u').test(actual);
}
