import type { CallContext } from '../call-context.ts';
import { fail, numberOf } from '../errno.ts';
import { FDFLAGS } from '../opened.ts';
import type { StandardInput, StandardOutput } from '../standard-streams.ts';
import { SIZE, unsignedOffset } from '../structures.ts';

/** The most bytes that one call moves, so that its result is a number that C reads as positive. */
const MOST_BYTES = 0x7fff_f000;

/** Reading and writing at the offset of a descriptor, or elsewhere in a file. */
export function readingAndWritingFunctions({ memory, table, waiter, system }: CallContext) {
  /**
   * Moves bytes to or from the buffers of a list until one is not used whole, and writes how many bytes moved. An error
   * after that counts for the next call only.
   */
  const move = (list: number, count: number, result: number, step: Step): number => {
    checkList(list, count, result);
    let moved = 0;
    for (let index = 0; index < count >>> 0; index++) {
      const at = list + index * SIZE.iovec;
      const length = Math.min(memory.u32(at + 4), MOST_BYTES - moved);
      if (length === 0) continue;
      try {
        const used = step(memory.bytes(memory.u32(at), length), moved);
        moved += used;
        if (used < length) break;
      } catch (error) {
        if (moved === 0 || numberOf(error) === undefined) throw error;
        break;
      }
    }
    memory.setU32(result, moved);
    return moved;
  };

  const checkList = (list: number, count: number, result: number): void => {
    memory.check(list, (count >>> 0) * SIZE.iovec);
    memory.check(result, 4);
  };

  /** Returns the first buffer of a list that is not empty, or an empty one. */
  const firstBuffer = (list: number, count: number): Uint8Array<ArrayBuffer> => {
    for (let index = 0; index < count >>> 0; index++) {
      const at = list + index * SIZE.iovec;
      const length = memory.u32(at + 4);
      if (length > 0) return memory.bytes(memory.u32(at), length);
    }
    return memory.bytes(0, 0);
  };

  const readInput = (
    input: StandardInput,
    list: number,
    count: number,
    result: number,
  ): void | Promise<void> => {
    for (;;) {
      checkList(list, count, result);
      const buffer = firstBuffer(list, count).subarray(0, system.limits.bytesPerCall);
      const read = buffer.length === 0 ? undefined : input.readInto(buffer);
      if (read !== 0) return memory.setU32(result, read ?? 0);
      if ((input.flags & FDFLAGS.nonblock) !== 0) fail('again');
      const waiting = waiter.until([input]);
      if (waiting !== undefined) return waiting.then(() => readInput(input, list, count, result));
    }
  };

  const writeOutput = (
    output: StandardOutput,
    list: number,
    count: number,
    result: number,
  ): void | Promise<void> => {
    const { sink } = output;
    for (;;) {
      let isFull = false;
      const written = move(list, count, result, (bytes) => {
        const used = Math.min(sink.capacity(), bytes.length);
        isFull = used === 0;
        if (used > 0) sink.write(used === bytes.length ? bytes : bytes.subarray(0, used));
        return used;
      });
      if (written > 0 || !isFull) return;
      if ((output.flags & FDFLAGS.nonblock) !== 0) fail('again');
      const waiting = waiter.until([output]);
      if (waiting !== undefined) return waiting.then(() => writeOutput(output, list, count, result));
    }
  };

  return {
    fd_read(fd: number, list: number, count: number, result: number): void | Promise<void> {
      const opened = table.get(fd);
      switch (opened.kind) {
        case 'file': {
          const { descriptor, offset } = opened;
          opened.offset =
            offset + move(list, count, result, (bytes, moved) => descriptor.read(bytes, offset + moved));
          return;
        }
        case 'input':
          return readInput(opened, list, count, result);
        case 'output':
          return fail('badf');
        case 'directory':
          return fail('isdir');
      }
    },

    fd_write(fd: number, list: number, count: number, result: number): void | Promise<void> {
      const opened = table.get(fd);
      switch (opened.kind) {
        case 'file': {
          if (opened.appends) {
            if (move(list, count, result, (bytes) => opened.write(bytes, 0)) > 0) opened.moveToEnd();
            return;
          }
          const { offset } = opened;
          opened.offset =
            offset + move(list, count, result, (bytes, moved) => opened.write(bytes, offset + moved));
          return;
        }
        case 'output':
          return writeOutput(opened, list, count, result);
        case 'input':
        case 'directory':
          return fail('badf');
      }
    },

    fd_pread(fd: number, list: number, count: number, offset: bigint, result: number): void {
      if (table.get(fd).kind === 'directory') fail('isdir');
      const { descriptor } = table.file(fd);
      const start = unsignedOffset(offset);
      move(list, count, result, (bytes, moved) => descriptor.read(bytes, start + moved));
    },

    // A descriptor that appends ignores the offset, as on Linux and in wasmtime; POSIX wants it to be used.
    fd_pwrite(fd: number, list: number, count: number, offset: bigint, result: number): void {
      const opened = table.file(fd);
      const start = unsignedOffset(offset);
      opened.fixOffset();
      move(list, count, result, (bytes, moved) => opened.write(bytes, start + moved));
    },
  };
}

/** Reads into or writes from a buffer, of which some bytes have moved before. Returns how many bytes it used. */
type Step = (bytes: Uint8Array<ArrayBuffer>, moved: number) => number;
