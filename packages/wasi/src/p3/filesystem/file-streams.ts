import type { FileDescriptor } from '../../files/descriptor.ts';
import { FileError } from '../../files/file-error.ts';
import type { DrainedSink } from '../streams/drain-stream.ts';
import type { StreamedSource } from '../streams/source-stream.ts';

const DONE = Promise.resolve();
/** The most bytes of one read of a file, which the host reads before it returns to its event loop. */
const MOST = 262_144;

/** A file from a position on, which never makes a reader wait. */
export function fileSource(file: FileDescriptor, start: number): StreamedSource {
  let position = start;
  return {
    read(most) {
      const bytes = new Uint8Array(Math.min(most, MOST));
      const count = file.read(bytes, position);
      position += count;
      return count === 0 && most > 0 ? undefined : bytes.subarray(0, count);
    },
    ready: () => DONE,
  };
}

/** A file that is written from a position on, or at its end, wherever that is at each write. */
export function fileSink(file: FileDescriptor, start: number | 'end'): DrainedSink {
  let position = start;
  return {
    capacity: () => MOST,
    write(bytes) {
      const count = position === 'end' ? file.append(bytes) : file.write(bytes, position);
      if (position !== 'end') position += count;
      if (count < bytes.length) throw new FileError('insufficient-space');
    },
    ready: () => DONE,
    flush: () => DONE,
  };
}
