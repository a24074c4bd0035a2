import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import { measureWithNodeWasi, runWithNodeWasi } from '../running/node-wasi.ts';
import { temporaryDirectory } from '../running/temporary-directory.ts';
import { referenceReport } from './reference.ts';

const program = 'log-analyzer/built/rust.wasm';

describe('log-analyzer', () => {
  const directory = temporaryDirectory();

  /** Writes a made-up log of about `bytes` bytes, and returns how many lines it has. */
  async function generate(name: string, bytes: number): Promise<number> {
    const script = inTestComponents('log-analyzer/generate.ts');
    const child = spawn(process.execPath, [script, '--bytes', String(bytes)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    let lines = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    });
    await pipeline(child.stdout, createWriteStream(join(directory(), name)));
    expect(await closed).toEqual([0, null]);
    return lines;
  }

  it('needs as much memory for a log of 100 MB as for one of 4 MB', async () => {
    const lines = await generate('large', 100_000_000);
    await generate('small', 4_000_000);
    const dirs = { '/': directory() };
    const large = await measureWithNodeWasi(program, { args: ['/large'], dirs });
    const small = await measureWithNodeWasi(program, { args: ['/small'], dirs });
    expect(large.result).toMatchObject({ code: 0, err: '' });
    const counts = [...large.result.out.matchAll(/^(?:entries|malformed lines): (\d+)$/gmu)];
    expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(lines);
    expect(large.memoryBytes).toBe(small.memoryBytes);
  });

  it('prints what the reference prints for any JSON, also when a byte of it is changed', async () => {
    const name = fc.constantFrom('level', 'service', 'timestamp', 'message', 'duration_ms', '__proto__', 'x');
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const duration = fc.oneof(fc.double(), fc.double({ min: 0, max: 1e7 }), fc.integer({ min: 0, max: 1e4 }));
    const entry = fc.record(
      {
        level: fc.oneof(fc.constantFrom('info', 'error', 'fatal', 'debug'), text),
        service: fc.oneof(fc.constantFrom('a', 'b', 'ä'), text),
        message: text,
        duration_ms: duration,
        timestamp: fc.option(text),
        x: fc.jsonValue({ maxDepth: 4 }),
      },
      { requiredKeys: ['level', 'service'] },
    );
    const other = fc.dictionary(name, fc.oneof(text, duration, fc.jsonValue({ maxDepth: 2 })));
    const whole = fc
      .tuple(fc.oneof(entry, other, fc.jsonValue()), fc.constantFrom(0, 1))
      .map(([value, space]) => JSON.stringify(value, null, space).replaceAll('\n', ' '));
    const broken = fc
      .tuple(whole, fc.nat(), fc.constantFrom(...'{}[]",:\\u0e-+. \t\u0001'))
      .map(([line, seed, character]) => {
        const at = seed % line.length;
        return line.slice(0, at) + character + line.slice(at + 1);
      });
    const lines = fc.array(fc.oneof(whole, broken), { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lines, async (log) => {
        const bytes = Buffer.from(log.join('\n'));
        const result = await runWithNodeWasi(program, { stdin: bytes });
        expect(result).toEqual({ code: 0, out: referenceReport(bytes), err: '' });
      }),
      { numRuns: 100 },
    );
  });
});
