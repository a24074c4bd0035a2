import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { GuestMessage, GuestSettings } from './guest-settings.ts';
import type { OutputName } from './manifest.ts';

const program = fileURLToPath(new URL('guest-process.ts', import.meta.url));

/** How a guest's process ended. */
interface GuestEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A guest in a process. Everything that waits for it ends with an Error after `timeout` milliseconds. */
export class RunningGuest {
  readonly #child: ChildProcess;
  readonly #timeout: number;
  readonly #output: Record<OutputName, string> = { stdout: '', stderr: '' };
  /** How many characters of each stream were read already. */
  readonly #read: Record<OutputName, number> = { stdout: 0, stderr: 0 };
  #end: GuestEnd | undefined;
  #failed: string | undefined;
  #port: number | undefined;
  #started = false;
  #changed = Promise.withResolvers<void>();

  constructor(settings: GuestSettings, timeout: number) {
    this.#timeout = timeout;
    this.#child = spawn(
      process.execPath,
      ['--conditions=@wit-ts/source', program, JSON.stringify(settings)],
      // A terminal or an input of this process is not the guest's.
      { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] },
    );
    for (const name of ['stdout', 'stderr'] as const) {
      this.#child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.#output[name] += text;
        this.#notify();
      });
    }
    // The guest may end without reading what is written to it.
    this.#child.stdin?.on('error', () => {});
    this.#child.on('message', (message: GuestMessage) => {
      if ('failed' in message) this.#failed = message.failed;
      else this.#started = true;
      if ('listening' in message) this.#port = message.listening;
      this.#notify();
    });
    this.#child.on('error', (error) => {
      this.#failed = String(error);
      this.#notify();
    });
    // `close` comes when the process has ended and all of its output was read.
    this.#child.on('close', (code, signal) => {
      this.#end = { code, signal };
      this.#notify();
    });
  }

  /** Returns the port of the service. */
  async port(): Promise<number> {
    await this.#until(() => this.#port !== undefined, 'the service listened');
    return this.#port!;
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Closes the guest's input, and returns how its process ended. */
  async wait(): Promise<GuestEnd> {
    this.#child.stdin?.end();
    await this.#until(() => this.#end !== undefined, 'the guest ended', true);
    if (this.#failed !== undefined) throw new Error(this.#failed);
    if (!this.#started) throw new Error(`the process of the guest ended before the guest ran`);
    return this.#end!;
  }

  /** Returns the next characters of an output, fewer only if the output ends before. */
  async read(name: OutputName, length: number): Promise<string> {
    const start = this.#read[name];
    const complete = (): boolean => this.#output[name].length >= start + length || this.#end !== undefined;
    await this.#until(complete, `it printed ${length} characters to ${name}`, true);
    if (this.#failed !== undefined && this.#output[name].length < start + length)
      throw new Error(this.#failed);
    this.#read[name] = start + length;
    return this.#output[name].slice(start, start + length);
  }

  /** Returns the address, `host:port`, that the guest prints when it listens. */
  async address(): Promise<{ readonly host: string; readonly port: number }> {
    const pattern = /^(\S+):(\d+)\r?\n/u;
    const next = (): RegExpExecArray | null => pattern.exec(this.#output.stdout.slice(this.#read.stdout));
    await this.#until(() => next() !== null, 'it printed a line `host:port`');
    const [line = '', host = '', port = ''] = next() ?? [];
    this.#read.stdout += line.length;
    return { host: host.replaceAll(/[[\]]/gu, ''), port: Number(port) };
  }

  /** Returns all that the guest has printed. */
  output(name: OutputName): string {
    return this.#output[name];
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until the condition holds. The process that ends first, or the time that passes, is an Error. */
  async #until(condition: () => boolean, what: string, mayEnd = false): Promise<void> {
    const { signal, abort } = withAbort();
    const late = sleep(this.#timeout, 'late' as const, { signal }).catch(() => 'stopped' as const);
    try {
      while (!condition()) {
        if (this.#end !== undefined && !mayEnd)
          throw new Error(
            this.#failed ?? `the guest ended with the exit code ${this.#end.code} before ${what}`,
          );
        if ((await Promise.race([late, this.#changed.promise])) === 'late')
          throw new Error(this.#failed ?? `${this.#timeout / 1000} s passed before ${what}`);
      }
    } finally {
      abort();
    }
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function withAbort(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
