import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { peerPath } from '@wit-ts/dev-peers';

/** A server to measure: how its process is started on a port. */
export interface MeasuredServer {
  readonly name: string;
  start(port: number): ChildProcess;
}

export const COMPONENT = fileURLToPath(
  new URL('../../../../test-components/http-guest/built/c.wasm', import.meta.url),
);

/** The same answer from a bare `node:http`, from `serve` with both kinds of instances, and from `jco serve`. */
export const SERVERS: readonly MeasuredServer[] = [
  { name: 'node:http', start: (port) => node('bare-server.ts', port) },
  { name: 'serve, pool', start: (port) => node('component-server.ts', port, 'pool') },
  { name: 'serve, instance per request', start: (port) => node('component-server.ts', port, 'request') },
  {
    name: 'jco serve',
    start: (port) =>
      spawn(
        process.execPath,
        [peerPath('@bytecodealliance/jco/dist/jco.js'), 'serve', COMPONENT, '--port', String(port)],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      ),
  },
];

function node(file: string, ...args: readonly (string | number)[]): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, ['--conditions=@wit-ts/source', path, ...args.map(String)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Resolves when a server answers. */
export async function untilAnswered(url: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    try {
      const response = await fetch(url);
      if ((await response.text()) === 'hello\n') return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}
