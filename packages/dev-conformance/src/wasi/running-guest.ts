import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutputName } from './manifest-steps.ts';

/** How a guest's process ended. */
interface GuestEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The exit codes with which `wit-ts` reports an error of its own. A guest may end with the same. */
const OWN_EXIT_CODES: ReadonlySet<number | null> = new Set([1, 2, 3, 70]);

/** A guest in a process. Everything that waits for it ends with an Error after `timeout` milliseconds. */
export class RunningGuest {
  readonly #child: ChildProcess;
  readonly #timeout: number;
  readonly #output: Record<OutputName, string> = { stdout: '', stderr: '' };
  /** How many characters of each stream were read already. */
  readonly #read: Record<OutputName, number> = { stdout: 0, stderr: 0 };
  #end: GuestEnd | undefined;
  #changed = Promise.withResolvers<void>();

  /** Starts Node with the arguments. */
  constructor(args: readonly string[], timeout: number) {
    this.#timeout = timeout;
    // A terminal or an input of this process is not the guest's.
    this.#child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    for (const name of ['stdout', 'stderr'] as const) {
      this.#child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.#output[name] += text;
        this.#notify();
      });
    }
    // The guest may end without reading what is written to it.
    this.#child.stdin?.on('error', () => {});
    // `close` comes when the process has ended and all of its output was read.
    this.#child.on('close', (code, signal) => {
      this.#end = { code, signal };
      this.#notify();
    });
  }

  /** Returns the origin of the service, which it prints in the first line of its standard error. */
  async origin(): Promise<string> {
    const found = (): string | undefined =>
      /^[^\n]*?(http:\/\/[^\s/]+)[^\n]*\n/u.exec(this.#output.stderr)?.[1];
    await this.#until(() => found() !== undefined, 'the service printed its address');
    return found()!;
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  /**
   * Closes the guest's input, and returns how its process ended. A guest that did not run is an Error, because its
   * exit code could be the expected one.
   */
  async wait(): Promise<GuestEnd> {
    this.#child.stdin?.end();
    await this.#until(() => this.#end !== undefined, 'the guest ended', true);
    const end = this.#end!;
    const reported = OWN_EXIT_CODES.has(end.code) && /^error: .*$/mu.exec(this.#output.stderr)?.[0];
    if (typeof reported === 'string') throw new Error(`exit code ${end.code}: ${reported}`);
    return end;
  }

  /** Returns the next characters of an output, fewer only if the output ends before. */
  async read(name: OutputName, length: number): Promise<string> {
    const start = this.#read[name];
    const complete = (): boolean => this.#output[name].length >= start + length || this.#end !== undefined;
    await this.#until(complete, `it printed ${length} characters to ${name}`, true);
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
          throw new Error(`the guest ended with the exit code ${this.#end.code} before ${what}`);
        if ((await Promise.race([late, this.#changed.promise])) === 'late')
          throw new Error(`${this.#timeout / 1000} s passed before ${what}`);
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
