import {
  diagnosticToJson,
  paintOf,
  printable,
  printableLine,
  render,
  renderPlain,
  type Diagnostic,
  type Severity,
} from '@wit-ts/diagnostics';
import { escapeControls, harmless, lineText } from './output-text.ts';
import type { ExitCode, Failure } from './failure.ts';
import type { Io, OutputStream } from './io.ts';

/** The options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly color?: boolean;
  readonly quiet?: boolean;
  /** Each finding on one line, for editors and CI: `file:line:col: error[code]: message`. */
  readonly lines?: boolean;
}

/** The options of commands that read WIT. */
export interface WitOptions extends CommonOptions {
  readonly world?: string;
  readonly features?: readonly string[];
  readonly allFeatures?: boolean;
  /** Whether every comment is documentation, as in the JSON of the reference implementation. */
  readonly referenceDocs?: boolean;
}

/** The word that a failure on one line has instead of a code. */
const FAILURE_CODES: Readonly<Record<ExitCode, string>> = {
  0: 'success',
  1: 'failed',
  2: 'usage',
  3: 'input',
  70: 'bug',
  124: 'timeout',
  134: 'trap',
};

/** What one run of a command reads from and prints to, in the form that its options ask for. */
export class CommandContext {
  readonly io: Io;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly #color: boolean | undefined;
  /** Whether each finding is printed on one line. */
  readonly lines: boolean;

  constructor(io: Io, options: CommonOptions) {
    this.io = io;
    this.json = options.json ?? false;
    this.quiet = options.quiet ?? false;
    this.#color = options.color;
    this.lines = options.lines ?? false;
  }

  /**
   * Returns whether to use colour: by the options, then `NO_COLOR` and `FORCE_COLOR`, then by whether it is a terminal.
   */
  color(stream: OutputStream = this.io.stdout): boolean {
    if (this.#color !== undefined) return this.#color;
    if ((this.io.env['NO_COLOR'] ?? '') !== '') return false;
    const forced = this.io.env['FORCE_COLOR'];
    if (forced !== undefined) return forced !== '0' && forced !== 'false';
    return stream.isTTY && this.io.env['TERM'] !== 'dumb';
  }

  /** Prints the result on standard output with any options. */
  out(text: string): void {
    const { stdout } = this.io;
    stdout.write(harmless(text.endsWith('\n') ? text : `${text}\n`, stdout.isTTY));
  }

  /** Prints a finding on one line of standard output: `file:line:col: error[code]: message`. */
  outLine(position: string, severity: Severity, code: string, message: string): void {
    this.out(lineText(position, severity, code, message));
  }

  /** Prints the result as JSON, whose strings have control characters as escapes. */
  outJson(value: unknown): void {
    this.out(escapeControls(JSON.stringify(value, null, 2)));
  }

  /** Prints a message that is not a result, unless `--quiet` or `--json` is on. */
  note(text: string): void {
    if (!this.quiet && !this.json) this.io.stderr.write(harmless(`${text}\n`, this.io.stderr.isTTY));
  }

  /** Prints an error. */
  error(text: string): void {
    this.io.stderr.write(harmless(`${text}\n`, this.io.stderr.isTTY));
  }

  /** Prints why the command, or a part of it, failed. With `--json` it is a part of the result. */
  failure({ exitCode, message, help }: Failure): void {
    if (this.json) return;
    if (this.lines) {
      this.error(lineText('', 'error', FAILURE_CODES[exitCode], message));
      return;
    }
    this.error(`${paintOf(this.color(this.io.stderr)).red('error')}: ${printable(message)}`);
    if (help !== undefined) this.error(`help: ${printable(help)}`);
  }

  /** Prints findings: with `--quiet` only errors, with `--json` nothing, because they are a part of the result. */
  diagnostics(diagnostics: readonly Diagnostic[]): void {
    if (this.json) return;
    const color = this.color(this.io.stderr);
    for (const diagnostic of diagnostics) {
      if (this.quiet && diagnostic.severity !== 'error') continue;
      this.error(this.lines ? printable(renderPlain(diagnostic)) : `${render(diagnostic, { color })}\n`);
    }
  }

  /** Does some work. If it takes longer than a second, a terminal shows what the work is. */
  async progress<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    const { stderr } = this.io;
    if (!stderr.isTTY || this.quiet || this.json) return work();
    let shown = false;
    const timer = setTimeout(() => {
      shown = true;
      stderr.write(`${printableLine(what)} …`);
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
