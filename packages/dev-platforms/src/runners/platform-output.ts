import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ReportLine } from '../suite/run-cases.ts';

/** What a platform printed when it ran the test file. */
export interface PlatformOutput {
  readonly version: string;
  readonly lines: readonly ReportLine[];
  /** All other output. It is shown when the platform did not finish. */
  readonly otherOutput: string;
}

const run = promisify(execFile);

/**
 * Runs a program and returns everything that it prints to standard output and standard error. Never rejects: when the
 * program fails, the message of the error is appended.
 */
export async function outputOf(command: string, args: readonly string[], cwd?: string): Promise<string> {
  const options = { ...(cwd === undefined ? {} : { cwd }), maxBuffer: 1 << 26, timeout: 10 * 60_000 };
  try {
    const { stdout, stderr } = await run(command, args, options);
    return `${stdout}\n${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    return `${stdout}\n${stderr}\n${message}`;
  }
}

/** Separates the report lines of the test file from everything else that the platform prints. */
export function parseOutput(version: string, printed: string): PlatformOutput {
  const lines: ReportLine[] = [];
  const other: string[] = [];
  for (const text of printed.split('\n')) {
    const start = text.indexOf('{"tag":');
    try {
      if (start < 0) other.push(text);
      else lines.push(JSON.parse(text.slice(start)) as ReportLine);
    } catch {
      other.push(text);
    }
  }
  return { version, lines, otherOutput: other.join('\n').trim() };
}
