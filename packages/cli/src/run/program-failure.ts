import { printable, printableLine } from '@wit-ts/diagnostics';
import { EXIT, Failure, inputFailure, usageFailure } from '../failure.ts';
import { displayName } from '../read-input.ts';
import { withFlagNames } from './limit-flags.ts';

/**
 * Returns the failure for an error of `run` or `serve`.
 *
 * @param done what cannot be done with the program
 * @throws the error itself when it is a bug
 */
export function programFailure(error: unknown, given: string, done: 'run' | 'served' = 'run'): Failure {
  if (!(error instanceof Error)) throw error;
  const { name } = error;
  // Names come from the program. A `LinkError` has a line for each import.
  const message = name === 'LinkError' ? printable(error.message) : printableLine(error.message);
  switch (name) {
    case 'Trap':
      return new Failure(EXIT.trap, withFlagNames(message));
    case 'TimeoutError':
    case 'StuckError':
      return new Failure(EXIT.timeout, withFlagNames(message));
    case 'LinkError':
      return new Failure(
        EXIT.checkFailed,
        `${displayName(given)} cannot be ${done}: ${withFlagNames(message)}`,
      );
    case 'NotRunnableError':
      return inputFailure(`${displayName(given)} cannot be ${done}: ${message}`);
    case 'DecodeError':
    case 'CompileError':
      return inputFailure(`cannot read ${displayName(given)}: ${message}`);
    case 'FileError':
      return inputFailure(message.replace(/^grants\.dirs\[\d+\]\.host/u, '--dir'));
    default: {
      // The library names the grant, and the user wrote a flag.
      const flag =
        /^grants\.(net|listen|http|dirs)\[\d+\](?:\.\w+)?: (.*)$/su.exec(message) ??
        /^options\.(workers): (.*)$/su.exec(message);
      if (flag === null) throw error;
      return usageFailure(`--${flag[1] === 'dirs' ? 'dir' : flag[1]}: ${flag[2]}`);
    }
  }
}
