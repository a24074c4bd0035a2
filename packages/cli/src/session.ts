import { diagnosticToJson, printable, render, renderPlain, type Diagnostic } from '@wit-ts/diagnostics';
import type { Io, Sink } from './io.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly color?: boolean;
  readonly quiet?: boolean;
  /** Findings as one line each, for editors and CI: `file:line:col: error[code]: message`. */
  readonly lines?: boolean;
}

/** How one run of a command talks: in colour or JSON, or not at all. */
export class Session {
  readonly io: Io;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly #color: boolean | undefined;
  readonly #lines: boolean;

  constructor(io: Io, options: CommonOptions) {
    this.io = io;
    this.json = options.json ?? false;
    this.quiet = options.quiet ?? false;
    this.#color = options.color;
    this.#lines = options.lines ?? false;
  }

  /** Colour as asked for; else by `NO_COLOR`, `FORCE_COLOR` and whether a person watches. */
  color(sink: Sink = this.io.stdout): boolean {
    if (this.#color !== undefined) return this.#color;
    if ((this.io.env['NO_COLOR'] ?? '') !== '') return false;
    const forced = this.io.env['FORCE_COLOR'];
    if (forced !== undefined) return forced !== '0' && forced !== 'false';
    return sink.isTTY && this.io.env['TERM'] !== 'dumb';
  }

  /** The result that was asked for: on standard output, whatever the options. */
  out(text: string): void {
    this.io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** The result as JSON. */
  outJson(value: unknown): void {
    this.out(JSON.stringify(value, null, 2));
  }

  /** What a person likes to know, unless quiet or in JSON. */
  note(text: string): void {
    if (!this.quiet && !this.json) this.io.stderr.write(`${text}\n`);
  }

  /** What went wrong. */
  error(text: string): void {
    this.io.stderr.write(`${text}\n`);
  }

  /** Findings for people; those that are no errors only where not quiet. In JSON they are part of the result. */
  diagnostics(diagnostics: readonly Diagnostic[]): void {
    if (this.json) return;
    const color = this.color(this.io.stderr);
    for (const diagnostic of diagnostics) {
      if (this.quiet && diagnostic.severity !== 'error') continue;
      this.error(this.#lines ? printable(renderPlain(diagnostic)) : `${render(diagnostic, { color })}\n`);
    }
  }

  /** Does something that may take long; past a second, a person who watches is told what it is. */
  async progress<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    const { stderr } = this.io;
    if (!stderr.isTTY || this.quiet || this.json) return work();
    let shown = false;
    const timer = setTimeout(() => {
      shown = true;
      stderr.write(`${what} …`);
    }, 1000);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      if (shown) stderr.write('\r\u001b[K');
    }
  }
}

export function diagnosticsJson(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(diagnosticToJson);
}
