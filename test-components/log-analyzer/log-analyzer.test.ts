import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import { runProgram } from '../running/run-program.ts';
import { temporaryDirectory } from '../running/temporary-directory.ts';
import { logLines } from './log-lines.ts';
import { referenceReport } from './reference.ts';

const program = 'log-analyzer/built/rust.wasm';
const longestLine = 1 << 20;

/** Analyses a log, expects success, and returns the report. */
async function reportOf(log: string | Uint8Array): Promise<string> {
  const { code, out, err } = await runProgram(program, { stdin: log });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

/** Returns the two lines of a report that say how many lines are entries, and how many are malformed. */
async function countsOf(log: string | Uint8Array): Promise<string[]> {
  return (await reportOf(log)).split('\n').slice(0, 2);
}

function nestedLine(depth: number): string {
  return `{"level":"a","service":"b","x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

function logOf(lineCount: number, seed: number): string {
  const lines: string[] = [];
  for (const line of logLines(seed)) if (lines.push(line) === lineCount) break;
  return lines.join('\n');
}

describe('log-analyzer', () => {
  const directory = temporaryDirectory();

  it('prints the report of the sample, as does the reference', async () => {
    const log = await readFile(inTestComponents('log-analyzer/sample/log.ndjson'));
    const expected = await readFile(inTestComponents('log-analyzer/sample/report.txt'), 'utf8');
    expect(referenceReport(log)).toBe(expected);
    expect(await reportOf(log)).toBe(expected);
  });

  it('reads the file that its argument names', async () => {
    await writeFile(join(directory(), 'a.ndjson'), '{"level":"info","service":"s"}');
    const result = await runProgram(program, {
      args: ['/logs/a.ndjson'],
      dirs: { '/logs': directory() },
    });
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out).toContain('entries: 1\n');
  });

  it('reports a file that it cannot read', async () => {
    const { code, out, err } = await runProgram(program, { args: ['none'], dirs: { '/': directory() } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^cannot read none: /u);
  });

  it('explains its usage when it gets two files', async () => {
    const result = await runProgram(program, { args: ['a', 'b'] });
    expect(result).toEqual({ code: 2, out: '', err: 'usage: log-analyzer [FILE]\n' });
  });

  it('reports an empty log', async () => {
    expect(await reportOf('')).toBe(referenceReport(Buffer.from('')));
  });

  it.each([
    ['no line feed at its end', '{"level":"info","service":"s"}'],
    [
      'lines that end with CR LF',
      '{"level":"info","service":"s"}\r\n\r\n{"level":"error","service":"s"}\r\n',
    ],
    ['a byte order mark', '\ufeff{"level":"info","service":"s"}'],
    ['a broken line at its end', '{"level":"info","service":"s"}\n{"level":'],
    ['a space that JSON does not know', '{"level":"info",\u00a0"service":"s"}'],
    ['a duration that is too long to be counted', '{"level":"a","service":"b","duration_ms":1e12}'],
    ['a duration with many digits', '{"level":"a","service":"b","duration_ms":0.123456789123456789}'],
    ['the name of a prototype', '{"__proto__":{"level":"a"},"level":"__proto__","service":"constructor"}'],
  ])('reads a log with %s as the reference does', async (_, log) => {
    expect(await reportOf(log)).toBe(referenceReport(Buffer.from(log)));
  });

  it('counts a line that is not UTF-8 as malformed', async () => {
    const bad = Buffer.concat([
      Buffer.from('{"level":"info","service":"'),
      Buffer.of(0xff),
      Buffer.from('"}\n'),
    ]);
    expect(await countsOf(bad)).toEqual(['entries: 0', 'malformed lines: 1']);
    expect(await reportOf(bad)).toBe(referenceReport(bad));
  });

  it('reads nesting down to a limit, and counts deeper lines as malformed', async () => {
    expect(await countsOf([1024, 1025, 100_000].map(nestedLine).join('\n'))).toEqual([
      'entries: 1',
      'malformed lines: 2',
    ]);
  });

  it('reads lines up to a limit, and skips longer ones', async () => {
    const start = '{"level":"a","service":"b","x":"';
    const line = (length: number) => `${start}${'x'.repeat(length - start.length - 2)}"}`;
    const log = [longestLine, longestLine + 1, 3 * longestLine, 100].map(line);
    expect(await countsOf(log.join('\n'))).toEqual(['entries: 2', 'malformed lines: 2']);
    expect(await countsOf(line(longestLine))).toEqual(['entries: 1', 'malformed lines: 0']);
    expect(await countsOf(line(longestLine + 1))).toEqual(['entries: 0', 'malformed lines: 1']);
  });

  it('counts a thousand services by name, and all others together', async () => {
    const names = [...Array.from({ length: 1200 }, (_, index) => `service-${index}`), 'x'.repeat(257)];
    const report = await reportOf(
      names.map((service) => JSON.stringify({ level: 'error', service })).join('\n'),
    );
    expect(report).toContain('  service-999: 1 (1 errors)\n  (others): 201 (201 errors)\n');
  });

  it('lists the first of entries that took equally long', async () => {
    const line = '{"level":"a","service":"b","duration_ms":2000}\n';
    const report = await reportOf(line.repeat(20));
    expect(report).toContain('slower than 1000 ms: 20\n');
    expect([...report.matchAll(/line (\d+)/gu)].map(([, number]) => Number(number))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });
});

describe('the made-up log', () => {
  it('is the same for the same seed, and another one for another seed', () => {
    expect(logOf(1000, 3)).toBe(logOf(1000, 3));
    expect(logOf(1000, 3)).not.toBe(logOf(1000, 4));
  });

  it('has everything that the report is about', async () => {
    const log = logOf(5000, 1);
    const report = await reportOf(log);
    expect(report).toBe(referenceReport(Buffer.from(log)));
    expect(report).not.toMatch(/^(?:malformed lines|errors|durations|slower than 1000 ms): 0$/mu);
  });
});
