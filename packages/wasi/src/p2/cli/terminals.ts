/** `terminal-input` of `wasi:cli/terminal-input`: says that standard input is a terminal, and nothing else. */
export class TerminalInput {
  readonly isTerminal = true;
}

/** `terminal-output` of `wasi:cli/terminal-output`. */
export class TerminalOutput {
  readonly isTerminal = true;
}
