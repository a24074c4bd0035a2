import type { FutureSource, Stream, StreamSource } from '@wit-ts/runtime';
import { FileError } from '../../files/file-error.ts';
import type { ByteSink } from '../../system/byte-streams.ts';
import type { System } from '../../system/system.ts';
import { drainStream } from '../streams/drain-stream.ts';
import { StreamOutcome } from '../streams/stream-outcome.ts';
import { SourceStream } from '../streams/source-stream.ts';

/** `error-code` of `wasi:cli/types`. */
type CliErrorCode = 'io' | 'illegal-byte-sequence' | 'pipe';

/** `wasi:cli/stdin`, `stdout` and `stderr`. */
export function standardStreams(system: System) {
  return {
    'wasi:cli/types@0.3.0': {},
    'wasi:cli/stdin@0.3.0': {
      readViaStream: (): readonly [StreamSource<number>, FutureSource<void, CliErrorCode>] => {
        const outcome = new StreamOutcome(cliErrorCode);
        // The next stream goes on where this one stops, so the end of a stream does not close the input.
        const stream = new SourceStream(system.stdin, outcome, system.limits.bytesPerCall, () => undefined);
        return [stream, outcome.promise];
      },
    },
    'wasi:cli/stdout@0.3.0': { writeViaStream: writingTo(system.stdout) },
    'wasi:cli/stderr@0.3.0': { writeViaStream: writingTo(system.stderr) },
  } as const;
}

function writingTo(sink: ByteSink) {
  return (data: Stream<number, Uint8Array>): FutureSource<void, CliErrorCode> => {
    const outcome = new StreamOutcome(cliErrorCode);
    drainStream(data, sink).then(
      () => outcome.succeed(),
      (cause: unknown) => outcome.fail(cause),
    );
    return outcome.promise;
  };
}

function cliErrorCode(cause: unknown): CliErrorCode {
  if (!(cause instanceof FileError)) return 'io';
  return cause.code === 'pipe' || cause.code === 'illegal-byte-sequence' ? cause.code : 'io';
}
