import type { System } from '../../system/system.ts';

/** `terminal-input` of `wasi:cli`: that a standard stream is a terminal is all that it says. */
class TerminalInput {
  readonly kind = 'terminal-input';
}

class TerminalOutput {
  readonly kind = 'terminal-output';
}

/** The interfaces `terminal-*` of `wasi:cli`. */
export function terminals({ stdin, stdout, stderr }: System) {
  return {
    'wasi:cli/terminal-input@0.3.0': { TerminalInput },
    'wasi:cli/terminal-output@0.3.0': { TerminalOutput },
    'wasi:cli/terminal-stdin@0.3.0': {
      getTerminalStdin: () => (stdin.isTerminal ? new TerminalInput() : undefined),
    },
    'wasi:cli/terminal-stdout@0.3.0': {
      getTerminalStdout: () => (stdout.isTerminal ? new TerminalOutput() : undefined),
    },
    'wasi:cli/terminal-stderr@0.3.0': {
      getTerminalStderr: () => (stderr.isTerminal ? new TerminalOutput() : undefined),
    },
  } as const;
}
