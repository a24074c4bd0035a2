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
      started([peerPath('@bytecodealliance/jco/dist/jco.js'), 'serve', COMPONENT, '--port', String(port)]),
  },
];

/**
 * A worker without a component, the component as a worker in workerd, and `wit-ts serve`, both with both kinds of
 * instances.
 */
export const DEPLOYED: readonly MeasuredServer[] = [
  { name: 'bare worker', start: (port) => node('worker-server.ts', port, 'bare') },
  { name: 'worker, pool', start: (port) => node('worker-server.ts', port, 'pool') },
  { name: 'worker, instance per request', start: (port) => node('worker-server.ts', port, 'request') },
  { name: 'wit-ts serve, pool', start: (port) => command(port, 'pool') },
  { name: 'wit-ts serve, instance per request', start: (port) => command(port, 'request') },
];

function command(port: number, instances: string): ChildProcess {
  const args = ['--addr', `127.0.0.1:${port}`, '--instances', instances, '--quiet'];
  return node('../../../cli/src/bin.ts', 'serve', COMPONENT, ...args);
}

function node(file: string, ...args: readonly (string | number)[]): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return started(['--conditions=@wit-ts/source', path, ...args.map(String)]);
}

/** Starts a process that leads a group: `jco serve` has a process of its own for the server. */
function started(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: true });
}

/** Ends a server and the processes that it has started. */
export function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
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
