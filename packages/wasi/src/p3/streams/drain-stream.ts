import type { Stream } from '@wit-ts/runtime';
import type { ByteSink } from '../../system/byte-streams.ts';

/** The most bytes that one read takes from a program: what a pipe of the system holds. */
const MOST = 65_536;

/** The part of a sink that a stream is written to. */
export type DrainedSink = Pick<ByteSink, 'capacity' | 'write' | 'ready' | 'flush'>;

/**
 * Writes the `stream<u8>` of a program to a sink, and resolves when everything has left this process. The program is
 * asked for no more bytes than the sink has room for. When the sink fails, the stream is dropped and the promise
 * rejects.
 */
export async function drainStream(stream: Stream<number, Uint8Array>, sink: DrainedSink): Promise<void> {
  const into = new Uint8Array(MOST);
  try {
    for (;;) {
      const room = sink.capacity();
      if (room === 0) {
        await sink.ready();
        continue;
      }
      const { value, done } = await stream.read({ count: Math.min(room, MOST), into });
      if (done) break;
      sink.write(value);
    }
    await sink.flush();
  } finally {
    stream[Symbol.dispose]();
  }
}
