import { FileError } from '../files/file-error.ts';
import type { ByteSink, ByteSource } from '../system/byte-streams.ts';
import { ENDING, type SharedRing } from './shared-ring.ts';
import type { WakeUps } from './wake-ups.ts';

/** In the thread of the host: moves what a program writes to the sink that was granted, until the program closes it. */
export async function pumpOutput(ring: SharedRing, sink: ByteSink, wakeUps: WakeUps): Promise<void> {
  try {
    for (;;) {
      while (ring.askAsReader()) await wakeUps.next();
      if (ring.available() === 0) return;
      const room = sink.capacity();
      if (room === 0) await sink.ready();
      else sink.write(ring.read(room));
    }
  } catch (error) {
    ring.end(error instanceof FileError && error.code === 'pipe' ? ENDING.ofReader : ENDING.failure);
    throw error;
  }
}

/** In the thread of the host: moves the input that was granted to a program, never more than the ring has room for. */
export async function pumpInput(ring: SharedRing, source: ByteSource, wakeUps: WakeUps): Promise<void> {
  try {
    for (;;) {
      while (ring.askAsWriter()) await wakeUps.next();
      if (ring.ending !== ENDING.none) break;
      const bytes = source.read(ring.room());
      if (bytes === undefined) break;
      if (bytes.length === 0) await source.ready();
      else ring.write(bytes);
    }
    ring.end(ENDING.ofWriter);
  } catch {
    // The program learns of it when it reads.
    ring.end(ENDING.failure);
  } finally {
    source.close();
  }
}
