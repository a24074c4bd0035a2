import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startServers, type EndpointServers } from './endpoint-servers.ts';
import { guestCommand } from './guest-command.ts';
import { connectToGuest, type GuestConnection } from './guest-connection.ts';
import type { GuestHost } from './guest-settings.ts';
import { readManifest, type WasiManifest } from './manifest.ts';
import type { RunStep, WaitStep, WasiStep } from './manifest-steps.ts';
import { mismatch } from './mismatch.ts';
import { RunningGuest } from './running-guest.ts';
import { sendRequest } from './send-request.ts';

/** How long, in milliseconds, a step of a test may wait for the guest. */
const TIMEOUT = 30_000;

/** Runs the test of a component or core module. Returns why it fails, or undefined when it passes. */
export async function runWasiCase(component: string, host: GuestHost): Promise<string | undefined> {
  const scratch = await mkdtemp(join(tmpdir(), 'wit-ts-wasi-'));
  let running: WasiCase | undefined;
  try {
    const manifest = readManifest(await manifestOf(component));
    running = new WasiCase(component, host, manifest, await startServers(manifest.servers), scratch);
    for (const [at, step] of manifest.steps.entries()) {
      const reason = await running.step(step).catch((error: unknown) => messageOf(error));
      if (reason !== undefined) return `${step.type} (operation ${at}): ${reason}${running.printed()}`;
    }
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    running?.close();
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
  readonly #host: GuestHost;
  readonly #manifest: WasiManifest;
  readonly #servers: EndpointServers;
  readonly #scratch: string;
  /** The copies of the root directories. */
  readonly #copies = new Map<string, string>();
  readonly #connections = new Map<string, GuestConnection>();
  #guest: RunningGuest | undefined;

  constructor(
    component: string,
    host: GuestHost,
    manifest: WasiManifest,
    servers: EndpointServers,
    scratch: string,
  ) {
    this.#component = component;
    this.#host = host;
    this.#manifest = manifest;
    this.#servers = servers;
    this.#scratch = scratch;
  }

  /** Returns what is not as the step expects, or undefined. Throws an Error when the guest fails. */
  async step(step: WasiStep): Promise<string | undefined> {
    if (step.type === 'run') return void (await this.#run(step));
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
        return void (await this.#connection(step.id).send(step.payload));
      case 'recv':
        return mismatch(step.id, await this.#receive(step.id, step.payload), step.payload);
      case 'request':
        return sendRequest(step, await guest.origin(), TIMEOUT);
      case 'kill':
        // A signal that arrives before a service listens would end its process, not the service.
        if (this.#manifest.world === 'service') await guest.origin();
        return void guest.kill(step.signal);
    }
  }

  /** Returns the first lines that the guest has printed to its standard error, which often have the reason. */
  printed(): string {
    const lines = (this.#guest?.output('stderr') ?? '').trim().split('\n');
    const told = lines.filter((line) => line !== '').slice(0, 4);
    return told.length === 0 ? '' : `\n${told.join('\n')}`;
  }

  close(): void {
    this.#disconnect();
    this.#guest?.kill('SIGKILL');
    this.#servers.close();
  }

  async #run({ args, env, root }: RunStep): Promise<void> {
    this.#disconnect();
    const { world, proposals } = this.#manifest;
    const command = guestCommand(this.#host, {
      component: this.#component,
      world,
      args,
      env: { ...env, ...this.#servers.env },
      ...(root === undefined ? {} : { root: await this.#copied(root) }),
      proposals,
    });
    this.#guest = new RunningGuest(command, TIMEOUT);
  }

  /**
   * Copies a directory that the guest may write to, once for each test. The suite's documentation asks to remove
   * `*.cleanup` files, which are what an earlier run left.
   */
  async #copied(root: string): Promise<string> {
    const known = this.#copies.get(root);
    if (known !== undefined) return known;
    const copy = join(this.#scratch, `root-${this.#copies.size}`);
    await cp(resolve(dirname(this.#component), root), copy, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
      filter: (path) => !path.endsWith('.cleanup'),
    });
    this.#copies.set(root, copy);
    return copy;
  }

  #disconnect(): void {
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
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

async function waitStep({ exitCode, output }: WaitStep, guest: RunningGuest): Promise<string | undefined> {
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

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
