import type { ByteSink } from '../../system/byte-streams.ts';

/** How many bytes a sink takes in one call, and how many of a line are kept. */
const WINDOW = 65_536;

/** An output whose lines go to the log of a worker. */
export class LogSink implements ByteSink {
  readonly isTerminal = false;
  readonly #log: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #line = '';

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  capacity(): number {
    return WINDOW;
  }

  write(bytes: Uint8Array): void {
    const lines = (this.#line + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) this.#log(printableText(line));
    if (this.#line.length > WINDOW) this.#end();
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  block(): boolean {
    return true;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#line += this.#decoder.decode();
    this.#end();
  }

  #end(): void {
    if (this.#line !== '') this.#log(printableText(this.#line));
    this.#line = '';
  }
}

/** Replaces what could move the cursor of a terminal, or begin another line of a log. */
export function printableText(text: string): string {
  return text.replaceAll(/[^\P{C}\t]|\p{Zl}|\p{Zp}/gu, '\uFFFD');
}
