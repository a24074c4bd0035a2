import { Exit } from '../../system/exit.ts';
import type { System } from '../../system/system.ts';
import { refusedCall } from '../../system/refused-call.ts';

/** `wasi:cli/environment` and `wasi:cli/exit`. */
export function environment(system: System) {
  function exit(code: number, name: string): never {
    if (system.mayExit) throw new Exit(code);
    throw refusedCall(system, 'wasi:cli/exit@0.3.0', name, 'exit: true');
  }
  return {
    'wasi:cli/environment@0.3.0': {
      getEnvironment: (): [string, string][] => system.env.map(([name, value]) => [name, value]),
      getArguments: (): string[] => [...system.args],
      // Paths are resolved against preopened directories. None of them is the current one.
      getInitialCwd: (): string | undefined => undefined,
    },
    'wasi:cli/exit@0.3.0': {
      exit: ({ tag }: { tag: 'ok' | 'err' }): void => exit(tag === 'ok' ? 0 : 1, 'exit'),
      exitWithCode: (statusCode: number): void => exit(statusCode, 'exit-with-code'),
    },
  } as const;
}
