import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { AbiEngineName } from '../conformance-suite.ts';
import { connectToGuest, type GuestConnection } from './guest-connection.ts';
import type { WasiManifest, WasiRequest, WasiStep } from './manifest.ts';
import { readManifest } from './manifest.ts';
import { RunningGuest } from './running-guest.ts';

/** How long, in milliseconds, a step of a test may wait for the guest. */
const TIMEOUT = 30_000;

/** Runs the test of a component. Returns why it fails, or undefined when it passes. */
export async function runWasiCase(component: string, engine: AbiEngineName): Promise<string | undefined> {
  const scratch = await mkdtemp(join(tmpdir(), 'wit-ts-wasi-'));
  const running = new WasiCase(component, engine, scratch);
  try {
    const manifest = readManifest(await manifestOf(component));
    for (const [at, step] of manifest.steps.entries()) {
      const reason = await running.step(step, manifest).catch((error: unknown) => messageOf(error));
      if (reason !== undefined) return `${step.type} (operation ${at}): ${reason}${running.printed()}`;
    }
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    running.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function manifestOf(component: string): Promise<string | undefined> {
  try {
    return await readFile(component.replace(/\.wasm$/u, '.json'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

class WasiCase {
  readonly #component: string;
  readonly #engine: AbiEngineName;
  readonly #scratch: string;
  readonly #connections = new Map<string, GuestConnection>();
  #guest: RunningGuest | undefined;

  constructor(component: string, engine: AbiEngineName, scratch: string) {
    this.#component = component;
    this.#engine = engine;
    this.#scratch = scratch;
  }

  /** Returns what is not as the step expects, or undefined. Throws an Error when the guest fails. */
  async step(step: WasiStep, { world }: WasiManifest): Promise<string | undefined> {
    if (step.type === 'run') {
      if (this.#guest !== undefined) throw new Error('the guest runs already');
      const { args, env, root } = step;
      this.#guest = new RunningGuest(
        {
          component: this.#component,
          engine: this.#engine,
          world,
          args,
          env,
          ...(root === undefined ? {} : { root: await this.#copied(root) }),
        },
        TIMEOUT,
      );
      return undefined;
    }
    const guest = this.#guest;
    if (guest === undefined) throw new Error('the guest does not run yet');
    switch (step.type) {
      case 'wait':
        return waitStep(step, guest);
      case 'read':
        return mismatch(step.id, await guest.read(step.id, step.payload.length), step.payload);
      case 'write':
        return void guest.write(step.payload);
      case 'connect':
        return void this.#connections.set(step.id, await connectToGuest(guest, step.protocol));
      case 'send':
        return this.#connection(step.id)
          .send(step.payload)
          .then(() => undefined);
      case 'recv':
        return mismatch(step.id, await this.#receive(step.id, step.payload), step.payload);
      case 'request':
        return requestStep(step, `http://127.0.0.1:${await guest.port()}`);
      case 'kill':
        return void guest.kill(step.signal);
    }
  }

  /** Returns the end of what the guest has printed to its standard error, which often has the reason. */
  printed(): string {
    const lines = (this.#guest?.output('stderr') ?? '').trim().split('\n');
    const told = lines.filter((line) => line !== '').slice(0, 4);
    return told.length === 0 ? '' : `\n${told.join('\n')}`;
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
    this.#guest?.kill('SIGKILL');
  }

  /**
   * Copies a directory that the guest may write to. The suite's documentation asks to remove `*.cleanup` files, which
   * are what an earlier run left.
   */
  async #copied(root: string): Promise<string> {
    const copy = join(this.#scratch, 'root');
    await cp(resolve(dirname(this.#component), root), copy, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
      filter: (path) => !path.endsWith('.cleanup'),
    });
    return copy;
  }

  #connection(id: string): GuestConnection {
    const connection = this.#connections.get(id);
    if (connection === undefined) throw new Error(`no operation connects \`${id}\``);
    return connection;
  }

  async #receive(id: string, payload: string): Promise<string> {
    const late = new Promise<string>((done) => setTimeout(done, TIMEOUT, '').unref());
    return Promise.race([this.#connection(id).receive(Buffer.byteLength(payload)), late]);
  }
}

async function waitStep(
  { exitCode, output }: WasiStep & { readonly type: 'wait' },
  guest: RunningGuest,
): Promise<string | undefined> {
  const { code, signal } = await guest.wait();
  if (code !== exitCode)
    return `expected the exit code ${exitCode}, got ${code ?? `a process that ${signal} ended`}`;
  for (const name of ['stdout', 'stderr'] as const) {
    const expected = output[name];
    const reason = expected === undefined ? undefined : mismatch(name, guest.output(name), expected);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

async function requestStep(
  { method, path, headers, body, response: expected }: WasiRequest,
  origin: string,
): Promise<string | undefined> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const received = await response.text();
  if (expected.status !== undefined && response.status !== expected.status)
    return `expected the status ${expected.status}, got ${response.status}: ${received}`;
  for (const [name, value] of Object.entries(expected.headers)) {
    const reason = mismatch(`the header ${name}`, response.headers.get(name) ?? 'none', value);
    if (reason !== undefined) return reason;
  }
  return expected.body === undefined ? undefined : mismatch('the body', received, expected.body);
}

function mismatch(what: string, actual: string, expected: string): string | undefined {
  if (actual === expected) return undefined;
  return `expected ${what} to be ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch` says only that it failed.
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
