import { printableLine } from '@wit-ts/diagnostics';
import type { AccessEntry } from '@wit-ts/wasi/http';
import type { Refusal } from '@wit-ts/wasi/run';
import type { CommandContext } from '../command-context.ts';
import { RefusalNotes } from '../grants/refusal-notes.ts';
import { escapeControls } from '../output-text.ts';
import { withFlagNames } from '../run/limit-flags.ts';

/** How many milliseconds after its end the line of a request is written at the latest. */
const LATEST = 20;

/** What a server prints on standard error: text, or with `--json` one JSON object on each line. */
export class ServeLog {
  readonly #context: CommandContext;
  readonly #refusals: RefusalNotes;
  /** Lines for requests that are not written yet: a write for each would take longer than most requests do. */
  #requests: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
    this.#refusals = new RefusalNotes(context);
  }

  /** With `--quiet` too: who takes a free port learns it only here. */
  address(address: string): void {
    if (this.#context.json) this.#line({ address });
    else this.#context.error(address);
  }

  /** Absent with `--quiet`. */
  get request(): ((entry: AccessEntry) => void) | undefined {
    return this.#context.quiet ? undefined : (entry) => this.#request(entry);
  }

  /** Each thing that was refused is reported once. */
  readonly refused = (refusal: Refusal): void => {
    this.flush();
    const isNew = this.#refusals.add(refusal);
    if (isNew && this.#context.json && !this.#context.quiet) this.#line({ refused: refusal });
  };

  /** What failed in an instance. Clients do not see it. */
  readonly error = (error: unknown): void => {
    this.flush();
    const text = error instanceof Error ? `${error.name}: ${withFlagNames(error.message)}` : String(error);
    if (this.#context.json) this.#line({ error: text });
    else this.#context.error(`error: a request failed: ${printableLine(text)}`);
  };

  /** Writes the lines of all requests that have ended. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#requests;
    if (lines.length === 0) return;
    this.#requests = [];
    this.#context.error(lines.join('\n'));
  }

  #request({ method, path: whole, status, milliseconds, remoteAddress, fuel }: AccessEntry): void {
    const path = shortened(whole);
    // There was no response: the client left, or the thread was ended.
    const result = status === 0 ? '-' : String(status);
    this.#requests.push(
      this.#context.json
        ? lineOf({ method, path, status, milliseconds, remoteAddress, fuel })
        : `${printableLine(`${method} ${path}`)} ${result} ${milliseconds.toFixed(1)} ms${fuel === undefined ? '' : ` ${fuel} operators`}`,
    );
    this.#timer ??= setTimeout(() => this.flush(), LATEST);
  }

  #line(value: unknown): void {
    this.#context.io.stderr.write(`${lineOf(value)}\n`);
  }
}

/** The longest path that is printed whole, in characters. A client may send one of 128 KiB. */
const LONGEST_PATH = 2048;

function shortened(path: string): string {
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}… (${path.length} characters)` : path;
}

function lineOf(value: unknown): string {
  return escapeControls(JSON.stringify(value));
}
