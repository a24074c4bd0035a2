import { FileError } from '../../files/file-error.ts';
import type { System } from '../../system/system.ts';
import { errorOf, StreamOutcome } from '../streams/stream-outcome.ts';
import { fileErrorCase } from './error-code.ts';

const NAME = 'wasi:filesystem/types@0.3.0';

/** What the descriptors of one instance share: how they fail, and where refused calls are reported. */
export class FilesystemContext {
  readonly bytesPerCall: number;
  readonly metadataHash: System['metadataHash'];
  readonly #system: System;

  constructor(system: System) {
    this.#system = system;
    this.bytesPerCall = system.limits.bytesPerCall;
    this.metadataHash = system.metadataHash;
  }

  /**
   * Runs an operation. A `FileError` becomes the `err` of the function, after a report if a grant is missing.
   *
   * @param func the name of the function in WIT
   */
  attempt<T>(func: string, operation: () => T): T {
    try {
      return operation();
    } catch (cause) {
      throw cause instanceof FileError ? errorOf(cause, (error) => this.#codeOf(func, error)) : cause;
    }
  }

  /** Makes the future beside a stream. */
  outcome(func: string): StreamOutcome {
    return new StreamOutcome((cause) => this.#codeOf(func, cause));
  }

  #codeOf(func: string, cause: unknown) {
    if (cause instanceof FileError && cause.refusal !== undefined)
      this.#system.refuse({ interface: NAME, function: `[method]descriptor.${func}`, ...cause.refusal });
    return fileErrorCase(cause);
  }
}
