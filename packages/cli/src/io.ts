import { createRequire } from 'node:module';
import { fstatSync, writeSync } from 'node:fs';
import { EXIT, fileErrorReason } from './failure.ts';

/** An output stream of the process. */
export interface OutputStream {
  write(text: string): void;
  /** Whether it is a terminal. */
  readonly isTTY: boolean;
}

/** Everything of the process that commands use, so that tests can replace it. Commands access files directly. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Reads standard input to its end. */
  stdin(): Promise<Uint8Array>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts commands that keep running, such as `gen --watch` and `serve`. */
  readonly signal: AbortSignal;
  /** Resolves when nothing is left that could happen, and the process is about to end. */
  idle(): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Returns the streams, directory and environment of this process. */
export function processIo(): Io {
  return {
    stdout: new ProcessOutput('stdout'),
    stderr: new ProcessOutput('stderr'),
    async stdin() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    idle: () => new Promise((resolve) => void process.once('beforeExit', () => resolve())),
    cwd: process.cwd(),
    env: process.env,
    get signal() {
      // Only commands that keep running read it. A signal ends the others at once, as it does by default; and so does
      // a second one, when the command does not end.
      const interrupted = new AbortController();
      const interrupt = (): void => {
        for (const signal of SIGNALS) process.off(signal, interrupt);
        interrupted.abort();
      };
      for (const signal of SIGNALS) process.on(signal, interrupt);
      return interrupted.signal;
    },
  };
}

/** An output of the process. Node's own stream is opened only if it is needed: loading it takes milliseconds. */
class ProcessOutput implements OutputStream {
  readonly #name: 'stdout' | 'stderr';
  readonly #descriptor: number;
  #stream: NodeJS.WriteStream | undefined;
  #isTTY: boolean | undefined;
  #isReported = false;

  constructor(name: 'stdout' | 'stderr') {
    this.#name = name;
    this.#descriptor = name === 'stdout' ? 1 : 2;
  }

  get isTTY(): boolean {
    return (this.#isTTY ??= isTerminal(this.#descriptor));
  }

  write(text: string): void {
    const rest = this.#stream === undefined && !this.isTTY ? this.#written(Buffer.from(text)) : text;
    if (rest.length > 0) (this.#stream ??= this.#opened()).write(rest);
  }

  /** Writes to a file or a pipe. Returns what is left for Node's stream if the pipe is full and does not block. */
  #written(bytes: Buffer): Buffer {
    for (let at = 0; at < bytes.length;) {
      try {
        at += writeSync(this.#descriptor, bytes, at);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return bytes.subarray(at);
        this.#failed(error as NodeJS.ErrnoException);
        break;
      }
    }
    return Buffer.alloc(0);
  }

  #opened(): NodeJS.WriteStream {
    const stream = process[this.#name];
    stream.on('error', (error: NodeJS.ErrnoException) => this.#failed(error));
    return stream;
  }

  #failed(error: NodeJS.ErrnoException): void {
    // A reader such as `head` may close the pipe, which is not an error of this process.
    if (error.code === 'EPIPE' || this.#isReported) return;
    this.#isReported = true;
    // Such an error may arrive after the command has ended, so `bin.ts` keeps an exit code that is set already.
    process.exitCode = EXIT.input;
    if (this.#name === 'stdout')
      process.stderr.write(`error: cannot write to standard output: ${fileErrorReason(error)}\n`);
  }
}

function isTerminal(descriptor: number): boolean {
  try {
    // Most outputs are files or pipes, for which the module of terminals need not be loaded.
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  // Node 22.0 to 22.2 have no `getBuiltinModule`.
  const { isatty } = createRequire(import.meta.url)('node:tty') as typeof import('node:tty');
  return isatty(descriptor);
}
