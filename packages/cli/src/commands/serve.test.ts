import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandLine, testComponent } from '../fixtures/command-line.ts';
import { ServeProcess } from '../fixtures/serve-process.ts';
import { CORE_MODULE, EMPTY_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const GUEST = testComponent('http-guest/built/c.wasm');
const SERVICE = testComponent('http-service/built/wat.wasm');
const COMMAND = testComponent('wasi-command/built/c.wasm');

/** A server of this process, and the authority under which a program reaches it. */
async function otherServer(): Promise<string> {
  const server = createServer((_, response) => response.end('from the other server\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('wit-ts serve', () => {
  it('prints its address first, serves a component of 0.2, and prints a line for each request', async () => {
    const server = new ServeProcess([GUEST]);
    expect(await server.text('/hello')).toBe('hello\n');
    await server.printed(/^GET \/hello 200 \d+\.\d ms\n/mu);
    expect(await server.text('/count', { method: 'POST', body: 'x'.repeat(100_000) })).toContain('100000');
    await server.printed(/^POST \/count 200 \d+\.\d ms\n/mu);
    server.kill('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.out).toBe('');
  });

  it('serves a component of 0.3', async () => {
    const server = new ServeProcess([SERVICE, '--instances', 'request']);
    expect(await server.text('/', { method: 'POST', body: 'echo' })).toBe('echo');
    server.kill('SIGINT');
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  it('prints nothing but its address with --quiet', async () => {
    const server = new ServeProcess([GUEST, '--quiet']);
    await server.text('/hello?a');
    server.kill('SIGTERM');
    await server.ended;
    expect(server.err).toBe(`${await server.address()}\n`);
  });

  it('prints each line as JSON with --json, and what failed in an instance', async () => {
    const server = new ServeProcess([GUEST, '--json']);
    const [, address = ''] = await server.printed(/^\{"address":"(http:[^"]+)"\}\n/u);
    expect((await fetch(`${address}/trap`)).status).toBe(500);
    await server.printed(/"path":"\/trap".*\n/u);
    server.kill('SIGTERM');
    await server.ended;
    const lines = server.err
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual({ error: expect.stringContaining('Trap: ') });
    expect(lines).toContainEqual(expect.objectContaining({ method: 'GET', path: '/trap', status: 500 }));
  });

  it.each([[[]], [['--json']]])('prints a line of bounded length for a long path: %j', async (flags) => {
    const server = new ServeProcess([GUEST, ...flags]);
    const [, address = ''] = await server.printed(/(http:[^"\n]+)/u);
    await fetch(`${address}/${'x'.repeat(60_000)}`);
    const [line] = await server.printed(/^.*\/xxx.*$/mu);
    expect(line).toContain(`/${'x'.repeat(2047)}… (60001 characters)`);
    expect(line.length).toBeLessThan(2300);
  });

  it('sends requests only to origins that --http grants, and says what it refused', async () => {
    const authority = await otherServer();
    const headers = { 'x-to': authority };
    const refusing = new ServeProcess([GUEST]);
    expect(await refusing.text('/proxy/x', { headers })).not.toContain('from the other server');
    await refusing.printed(new RegExp(`^refused: .*${authority}.*--http`, 'mu'));
    const granting = new ServeProcess([GUEST, '--http', `http://${authority}`]);
    expect(await granting.text('/proxy/x', { headers })).toBe('from the other server\n');
    expect(granting.err).not.toContain('refused');
  });

  it('refuses a body that is larger than --max-body', async () => {
    const server = new ServeProcess([GUEST, '--max-body', '1KiB']);
    const send = async (length: number) =>
      (await fetch(`${await server.address()}/count`, { method: 'POST', body: 'x'.repeat(length) })).status;
    expect([await send(1024), await send(1025)]).toEqual([200, 413]);
  });

  it('ends a request after --fuel, and prints what each has used', async () => {
    const server = new ServeProcess([GUEST, '--fuel', '1000000', '--json']);
    const [, address = ''] = await server.printed(/^\{"address":"(http:[^"]+)"\}\n/u);
    expect((await fetch(`${address}/loop`)).status).toBe(500);
    expect((await fetch(`${address}/hello`)).status).toBe(200);
    await server.printed(/"path":"\/hello","status":200,.*"fuel":\d{3,4}\}\n/u);
    expect(server.err).toMatch(/^\{"error":"Trap: out of fuel: .*`--fuel`/mu);
    expect(server.err).toMatch(/"path":"\/loop","status":500,.*"fuel":1?\d{6}\}\n/u);
  });

  it('ends a request after --timeout', async () => {
    const server = new ServeProcess([GUEST, '--timeout', '200ms']);
    const { response } = begun(`${await server.address()}/count`);
    expect((await response).statusCode).toBe(504);
  });

  it('answers what has begun before it ends, and takes no more', async () => {
    const server = new ServeProcess([GUEST]);
    const address = await server.address();
    const { sent, response } = begun(`${address}/echo`);
    const message = await response;
    server.kill('SIGTERM');
    await server.printed(/^ending when/mu);
    await expect(fetch(`${address}/hello`)).rejects.toThrow('fetch failed');
    sent.end('the end');
    let body = '';
    for await (const chunk of message) body += String(chunk);
    expect(body).toBe('the beginning, the end');
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  it('ends at once at a second signal', async () => {
    const server = new ServeProcess([GUEST]);
    const { sent, response } = begun(`${await server.address()}/echo`);
    sent.on('error', () => undefined);
    (await response).on('error', () => undefined);
    server.kill('SIGTERM');
    await server.printed(/^ending when/mu);
    server.kill('SIGINT');
    expect(await server.ended).toEqual({ code: null, signal: 'SIGINT' });
  });

  it('serves the changed file with --watch, and keeps the component before if it is wrong', async () => {
    const here = await testDirectory({ 'app.wasm': await readFile(SERVICE) });
    const file = join(here.path, 'app.wasm');
    const server = new ServeProcess(['app.wasm', '--watch'], here.path);
    const post = async () => server.text('/hello', { method: 'POST', body: 'echo' });
    expect(await post()).toBe('echo');
    await server.printed(/^watching for changes/mu);
    await writeFile(file, CORE_MODULE);
    await server.printed(
      /^error: cannot read `app\.wasm`: .*\nhelp: the component before is still served\n/mu,
    );
    expect(await post()).toBe('echo');
    await writeFile(file, await readFile(GUEST));
    await server.printed(/^serving the changed app\.wasm\n/mu);
    expect(await server.text('/hello')).toBe('hello\n');
    server.kill('SIGINT');
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  it('exits with 3 when the port is in use', async () => {
    const authority = await otherServer();
    const { code, out, err } = await commandLine(['serve', GUEST, '--addr', authority]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(`error: cannot listen on ${authority}: the port is in use\nhelp: choose another`);
  });

  it.each([
    [['page.wasm'], 3, '`page.wasm` is not a component or WIT: it is an HTML or XML page'],
    [['missing.wasm'], 3, 'cannot read `missing.wasm`: it does not exist'],
    [['core.wasm'], 3, 'cannot read `core.wasm`: the input is a core module, not a component'],
    [
      ['empty.wasm'],
      3,
      '`empty.wasm` cannot be served: the component does not handle requests: it exports nothing',
    ],
    [[COMMAND], 3, 'it exports `wasi:cli/run@0.2.12`, and neither `wasi:http/incoming-handler` of 0.2 nor'],
    [['-', '--watch'], 2, '`--watch` cannot watch standard input'],
    [['empty.wasm', '--addr', '8080'], 2, '--addr 8080: not a host and a port'],
    [['empty.wasm', '--addr', '127.0.0.1:65536'], 2, 'not a host and a port'],
    [['empty.wasm', '--instances', 'many'], 2, '--instances many: it is `request` or `pool`'],
    [['empty.wasm', '--timeout', '0'], 2, '--timeout 0: not a time above 0'],
    [['empty.wasm', '--timeout', '2147484'], 2, 'and of at most 24 days'],
    [['empty.wasm', '--max-body', '1MB'], 2, '--max-body 1MB: not a size'],
    [['empty.wasm', '--max-memory', '999999999999999GiB'], 2, 'not a size'],
    [['empty.wasm', '--fuel', '1e9'], 2, '--fuel 1e9: not a whole number from 0 to 2^53 - 1'],
    [['empty.wasm', '--max-concurrent', '0'], 2, '--max-concurrent 0: not a whole number above 0'],
    [['empty.wasm', '--dir', 'a::b'], 2, "--dir a::b: the program's path must be absolute"],
    [[GUEST, '--net', 'example.org'], 2, 'error: --net: "example.org"'],
    [[GUEST, '--max-memory', '1'], 1, 'memory'],
  ])('%j exits with %i', async (args, code, message) => {
    const here = await testDirectory({
      'page.wasm': '<html></html>',
      'core.wasm': CORE_MODULE,
      'empty.wasm': EMPTY_COMPONENT,
    });
    const ended = await here.run(`serve ${args.join(' ')}`);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toContain(message);
  });
});

/** Sends the beginning of a body, and returns the response to it. */
function begun(url: string) {
  const sent = request(url, { method: 'POST' });
  sent.write('the beginning, ');
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', reject);
  });
  return { sent, response };
}
