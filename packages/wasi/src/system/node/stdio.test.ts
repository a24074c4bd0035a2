import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('../../fixtures/copy-stdio.ts', import.meta.url));
const command = (...args: readonly string[]): string[] => ['--conditions=@wit-ts/source', fixture, ...args];

/** A shell's pipe, which blocks and has no socket behind it. */
function throughPipe(how: string, input: string): string {
  const quoted = command(how)
    .map((arg) => `'${arg}'`)
    .join(' ');
  const { stdout } = spawnSync('sh', ['-c', `${input} | '${process.execPath}' ${quoted} | cat`]);
  return stdout.toString();
}

const HOWS = ['block', 'ready', 'poll'] as const;

describe.each(HOWS)('the standard streams of a process that waits by `%s`', (how) => {
  it('copy a file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'wit-ts-'));
    const file = join(directory, 'input');
    writeFileSync(file, randomBytes(200_000));
    const input = openSync(file, 'r');
    const { stdout } = spawnSync(process.execPath, command(how, '1000'), {
      stdio: [input, 'pipe', 'inherit'],
    });
    closeSync(input);
    expect(digest(stdout)).toBe(digest(spawnSync('cat', [file]).stdout));
    rmSync(directory, { recursive: true });
  });

  it('copy a socket that gets its bytes in pieces', async () => {
    const child = spawn(process.execPath, command(how), { stdio: ['pipe', 'pipe', 'inherit'] });
    const output = buffer(child.stdout);
    const pieces = Array.from({ length: 20 }, (_, index) => randomBytes(index * 5000));
    for (const piece of pieces) {
      child.stdin.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.stdin.end();
    expect(digest(await output)).toBe(digest(Buffer.concat(pieces)));
  });

  it.skipIf(process.platform === 'win32')('copy a pipe, to its end', () => {
    expect(throughPipe(how, '(printf one; sleep 0.1; printf two; sleep 0.1; printf three)')).toBe(
      'onetwothree',
    );
  });

  it.skipIf(process.platform === 'win32')('see the end of an empty input', () => {
    expect(throughPipe(how, 'true')).toBe('');
    expect(spawnSync(process.execPath, command(how), { stdio: ['ignore', 'pipe', 'inherit'] }).status).toBe(
      0,
    );
  });
});

it.skipIf(process.platform === 'win32')('a process ends although its input does not', () => {
  const node = [process.execPath, ...command('leave')].map((arg) => `'${arg}'`).join(' ');
  const script = `sleep 100 | { ${node}; echo done; kill 0; }`;
  const { stdout } = spawnSync('sh', ['-c', script], { detached: true } as object);
  expect(stdout.toString()).toBe('done\n');
});

it.skipIf(process.platform === 'win32')('an output whose reader has left is a failure', () => {
  const node = [process.execPath, ...command('block')].map((arg) => `'${arg}'`).join(' ');
  const { stdout, stderr } = spawnSync('sh', ['-c', `yes | ${node} | head -n 2`]);
  expect(stdout.toString()).toBe('y\ny\n');
  expect(stderr.toString()).toContain("code: 'pipe'");
});

function digest(bytes: Uint8Array): string {
  return `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;
}
