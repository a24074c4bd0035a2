/** Where text goes. */
export interface Sink {
  write(text: string): void;
  /** Whether a person watches. */
  readonly isTTY: boolean;
}

/** Everything of the process that commands touch, so that tests can stand in for it. Files are read and written as they are. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  stdin(): Promise<Uint8Array>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends commands that would go on, such as `--watch`. */
  readonly signal: AbortSignal;
}

/** The process itself. */
export function processIo(): Io {
  const interrupted = new AbortController();
  return {
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    async stdin() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    cwd: process.cwd(),
    env: process.env,
    get signal() {
      // Asked for by commands that go on only: others are to end at once, as processes do.
      process.once('SIGINT', () => interrupted.abort());
      return interrupted.signal;
    },
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  // A reader such as `head` may close the pipe; that is no fault of this process.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return { write: (text) => void stream.write(text), isTTY: stream.isTTY };
}
