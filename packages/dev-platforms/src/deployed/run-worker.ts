import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { transpileWorker } from '@wit-ts/transpile';
import { runtimeCommand } from '../install-runtime.ts';

/** A worker that a workerd serves. */
export interface RunningWorker {
  /** `http://127.0.0.1:8080` */
  readonly address: string;
  /** What the worker has logged so far. */
  readonly log: () => string;
  stop(): Promise<void>;
}

/** Writes the worker of a component into a directory of its own, and serves it with its configuration. */
export async function runWorker(
  component: Uint8Array,
  options: Parameters<typeof transpileWorker>[1] & { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<RunningWorker> {
  const { env, ...worker } = options;
  const program = await runtimeCommand('workerd');
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-worker-'));
  for (const { path, content } of await transpileWorker(component, worker))
    await writeFile(join(directory, path), content);
  const child = spawn(
    program,
    ['serve', 'workerd.capnp', '--socket-addr', 'http=127.0.0.1:0', '--control-fd', '3'],
    {
      cwd: directory,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // The command is a script that starts the program.
      detached: true,
    },
  );
  let log = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk) => (log += String(chunk)));
  const stop = async (): Promise<void> => {
    const ended = new Promise((done) => child.once('close', done));
    if (child.exitCode === null && child.pid !== undefined) {
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
    await rm(directory, { recursive: true, force: true });
  };
  try {
    return { address: `http://127.0.0.1:${await portOf(child, () => log)}`, log: () => log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until workerd listens. Rejects with what it printed if it ends before. */
async function portOf(child: ChildProcess, log: () => string): Promise<number> {
  const control = child.stdio[3] as Readable;
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`workerd ended: ${log()}`)));
    control.on('data', (chunk) => {
      text += String(chunk);
      const port = /"event":\s*"listen".*"port":\s*(\d+)/u.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
