import { describe, expect, it } from 'vitest';
import { commandLine, testComponent } from '../fixtures/command-line.ts';
import { ServeProcess } from '../fixtures/serve-process.ts';

const GUEST = testComponent('http-guest/built/c.wasm');

describe('wit-ts serve --workers', () => {
  it('goes on when a component loops for ever, and says which request it was', async () => {
    const server = new ServeProcess([GUEST, '--timeout', '1']);
    await expect(server.text('/loop')).rejects.toThrow('fetch failed');
    await server.printed(/^error: .*StuckError: the component ran for 1000 ms .*`GET \/loop`; `--fuel`/mu);
    await server.printed(/^GET \/loop - \d+\.\d ms\n/mu);
    expect(await server.text('/hello')).toBe('hello\n');
    server.kill('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  it('ends at a signal while a component loops for ever', async () => {
    const server = new ServeProcess([GUEST]);
    const looping = expect(server.text('/loop')).rejects.toThrow('fetch failed');
    await server.address();
    server.kill('SIGINT');
    await server.printed(/^ending when/mu);
    server.kill('SIGINT');
    expect(await server.ended).toEqual({ code: null, signal: 'SIGINT' });
    await looping;
  });

  it('answers with several threads', async () => {
    const server = new ServeProcess([GUEST, '--workers', '3']);
    const texts = Array.from({ length: 20 }, () =>
      server.text('/hello', { headers: { connection: 'close' } }),
    );
    expect(await Promise.all(texts)).toEqual(Array.from({ length: 20 }, () => 'hello\n'));
    server.kill('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.err.match(/^GET \/hello 200/gmu)).toHaveLength(20);
  });

  it('goes on when a component fills the memory of its thread', async () => {
    const server = new ServeProcess([GUEST], process.cwd(), { NODE_OPTIONS: '--max-old-space-size=64' });
    await expect(server.text('/hoard')).rejects.toThrow('fetch failed');
    await server.printed(/^error: a request failed: .*memory.*/mu);
    await server.printed(/^GET \/hoard - \d+\.\d ms\n/mu);
    expect(await server.text('/hello')).toBe('hello\n');
  });

  it('traces the calls in all threads', async () => {
    const server = new ServeProcess([GUEST, '--trace', '--workers', '2']);
    expect(await server.text('/hello')).toBe('hello\n');
    await server.printed(/^trace: .*incoming-request\.path-with-query/mu);
  });

  it.each([
    ['0', '--workers 0: not a whole number above 0'],
    ['1025', 'error: --workers: expected a whole number from 1 to 1024, got 1025'],
  ])('cannot be %s', async (workers, message) => {
    const { code, err } = await commandLine(['serve', GUEST, '--addr', '127.0.0.1:0', '--workers', workers]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
