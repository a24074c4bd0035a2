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
  const interrupted = new AbortController();
  return {
    stdout: streamOf(process.stdout, 'standard output'),
    stderr: streamOf(process.stderr, 'standard error'),
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
      const interrupt = (): void => {
        for (const signal of SIGNALS) process.off(signal, interrupt);
        interrupted.abort();
      };
      for (const signal of SIGNALS) process.on(signal, interrupt);
      return interrupted.signal;
    },
  };
}

function streamOf(stream: NodeJS.WriteStream, name: string): OutputStream {
  let isReported = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may close the pipe, which is not an error of this process.
    if (error.code === 'EPIPE' || isReported) return;
    isReported = true;
    // Such an error may arrive after the command has ended, so `bin.ts` keeps an exit code that is set already.
    process.exitCode = EXIT.input;
    if (stream === process.stdout)
      process.stderr.write(`error: cannot write to ${name}: ${fileErrorReason(error)}\n`);
  });
  return { write: (text) => void stream.write(text), isTTY: stream.isTTY };
}
