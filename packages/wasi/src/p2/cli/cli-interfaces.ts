import { Exit } from '../../system/exit.ts';
import { refusedCall } from '../../system/refused-call.ts';
import type { Wasi2Host } from '../host.ts';
import { TerminalInput, TerminalOutput } from './terminals.ts';

const EXIT = 'wasi:cli/exit@0.2.12';

/** The interfaces of `wasi:cli`. */
export function cliInterfaces(host: Wasi2Host) {
  const { system, io } = host;
  const { stdin, stdout, stderr } = system;

  function exit(code: number, func: string): never {
    if (!system.mayExit) throw refusedCall(system, EXIT, func, 'exit: true');
    throw new Exit(code);
  }

  return {
    'wasi:cli/environment@0.2.12': {
      getEnvironment: () => system.env,
      getArguments: () => system.args,
      // A program has no directory of the host, so it has no current one either.
      initialCwd: () => undefined,
    },
    [EXIT]: {
      exit: ({ tag }: { readonly tag: 'ok' | 'err' }) => exit(tag === 'ok' ? 0 : 1, 'exit'),
      exitWithCode: (code: number) => exit(code, 'exit-with-code'),
    },
    'wasi:cli/stdin@0.2.12': { getStdin: () => io.inputStream(stdin, { isShared: true }) },
    'wasi:cli/stdout@0.2.12': { getStdout: () => io.outputStream(stdout, { isShared: true }) },
    'wasi:cli/stderr@0.2.12': { getStderr: () => io.outputStream(stderr, { isShared: true }) },
    'wasi:cli/terminal-input@0.2.12': { TerminalInput },
    'wasi:cli/terminal-output@0.2.12': { TerminalOutput },
    'wasi:cli/terminal-stdin@0.2.12': {
      getTerminalStdin: () => (stdin.isTerminal ? new TerminalInput() : undefined),
    },
    'wasi:cli/terminal-stdout@0.2.12': {
      getTerminalStdout: () => (stdout.isTerminal ? new TerminalOutput() : undefined),
    },
    'wasi:cli/terminal-stderr@0.2.12': {
      getTerminalStderr: () => (stderr.isTerminal ? new TerminalOutput() : undefined),
    },
  } as const;
}
