import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Line } from '../suite/suite.ts';

/** What a platform made of the test file. */
export interface Outcome {
  readonly version: string;
  readonly lines: readonly Line[];
  /** What it said beside the lines, for when they are not all there. */
  readonly said: string;
}

const run = promisify(execFile);

/** What a program prints, on both its streams; that it fails is seen in what it prints. */
export async function output(command: string, args: readonly string[], cwd?: string): Promise<string> {
  const options = { ...(cwd === undefined ? {} : { cwd }), maxBuffer: 1 << 26, timeout: 10 * 60_000 };
  try {
    const { stdout, stderr } = await run(command, args, options);
    return `${stdout}\n${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    return `${stdout}\n${stderr}\n${message}`;
  }
}

/** Tells the lines of the test file from what else a platform prints. */
export function outcomeOf(version: string, printed: string): Outcome {
  const lines: Line[] = [];
  const said: string[] = [];
  for (const text of printed.split('\n')) {
    const start = text.indexOf('{"tag":');
    try {
      if (start < 0) said.push(text);
      else lines.push(JSON.parse(text.slice(start)) as Line);
    } catch {
      said.push(text);
    }
  }
  return { version, lines, said: said.join('\n').trim() };
}
