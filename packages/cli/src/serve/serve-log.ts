import { printableLine } from '@wit-ts/diagnostics';
import type { AccessEntry } from '@wit-ts/wasi/http';
import type { Refusal } from '@wit-ts/wasi/run';
import type { CommandContext } from '../command-context.ts';
import { RefusalNotes } from '../grants/refusal-notes.ts';
import { escapeControls } from '../output-text.ts';

/** What a server prints on standard error: text, or with `--json` one JSON object on each line. */
export class ServeLog {
  readonly #context: CommandContext;
  readonly #refusals: RefusalNotes;

  constructor(context: CommandContext) {
    this.#context = context;
    this.#refusals = new RefusalNotes(context);
  }

  /** With `--quiet` too: who takes a free port learns it only here. */
  address(address: string): void {
    if (this.#context.json) this.#line({ address });
    else this.#context.error(address);
  }

  readonly request = ({ method, path, status, milliseconds, remoteAddress }: AccessEntry): void => {
    if (this.#context.json) {
      if (!this.#context.quiet) this.#line({ method, path, status, milliseconds, remoteAddress });
      return;
    }
    // A client that leaves before there is a response has no status.
    const result = status === 0 ? '-' : String(status);
    this.#context.note(`${printableLine(`${method} ${path}`)} ${result} ${milliseconds.toFixed(1)} ms`);
  };

  /** Each thing that was refused is reported once. */
  readonly refused = (refusal: Refusal): void => {
    const isNew = this.#refusals.add(refusal);
    if (isNew && this.#context.json && !this.#context.quiet) this.#line({ refused: refusal });
  };

  /** What failed in an instance. Clients do not see it. */
  readonly error = (error: unknown): void => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (this.#context.json) this.#line({ error: text });
    else this.#context.error(`error: a request failed: ${printableLine(text)}`);
  };

  #line(value: unknown): void {
    this.#context.io.stderr.write(`${escapeControls(JSON.stringify(value))}\n`);
  }
}
