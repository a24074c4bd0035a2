import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What one run of `wrk` measured. */
export interface LoadRun {
  readonly perSecond: number;
  /** Microseconds of the processor for each request. */
  readonly processor: number;
  /** Latencies, as `wrk` prints them. */
  readonly p50: string;
  readonly p99: string;
  readonly failed: number;
}

/** Loads a server for some seconds. @param group the process group of the server */
export async function loadServer(
  url: string,
  group: number,
  connections: number,
  seconds: number,
): Promise<LoadRun> {
  const before = await processorTime(group);
  const args = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency', url];
  const { stdout } = await promisify(execFile)('wrk', args);
  const used = (await processorTime(group)) - before;
  const field = (pattern: RegExp): string => pattern.exec(stdout)?.[1] ?? '0';
  return {
    perSecond: Number(field(/Requests\/sec:\s+([\d.]+)/u)),
    processor: used / Number(field(/(\d+) requests in/u)),
    p50: field(/^\s+50%\s+(\S+)/mu),
    p99: field(/^\s+99%\s+(\S+)/mu),
    failed: Number(field(/Non-2xx or 3xx responses: (\d+)/u)),
  };
}

/**
 * Microseconds of the processor that a group of processes has used. Other programs on the machine do not change it
 * much.
 */
async function processorTime(group: number): Promise<number> {
  let time = 0;
  for (const pid of await readdir('/proc')) {
    const stat = /^\d+$/u.test(pid) ? await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '') : '';
    const fields = stat.split(') ')[1]?.split(' ') ?? [];
    // Linux counts in hundredths of a second.
    if (Number(fields[2]) === group) time += (Number(fields[11]) + Number(fields[12])) * 10_000;
  }
  return time;
}
