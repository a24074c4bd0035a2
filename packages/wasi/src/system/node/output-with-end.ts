import { FileError } from '../../files/file-error.ts';
import type { ByteSink } from '../byte-streams.ts';
import type { NodeOutput } from './output.ts';

/** An output of the process that says when nobody reads it any more. */
export class OutputWithEnd implements ByteSink {
  readonly #output: NodeOutput;
  readonly #onBrokenPipe: () => void;

  constructor(output: NodeOutput, onBrokenPipe: () => void) {
    this.#output = output;
    this.#onBrokenPipe = onBrokenPipe;
  }

  get isTerminal(): boolean {
    return this.#output.isTerminal;
  }

  capacity(): number {
    return this.#output.capacity();
  }

  write(bytes: Uint8Array): void {
    try {
      this.#output.write(bytes);
    } catch (error) {
      if (error instanceof FileError && error.code === 'pipe') this.#onBrokenPipe();
      throw error;
    }
  }

  ready(): Promise<void> {
    return this.#output.ready();
  }

  block(): boolean {
    return this.#output.block();
  }

  flush(): Promise<void> {
    return this.#output.flush();
  }

  close(): void {
    this.#output.close();
  }
}
