import type { ByteSource } from '../system/byte-streams.ts';

const CHUNK = 65_536;

/** Takes everything that is left in a source, and forgets it. Rejects when the source fails. */
export async function readToEnd(source: ByteSource): Promise<void> {
  for (;;) {
    const bytes = source.read(CHUNK);
    if (bytes === undefined) return;
    if (bytes.length === 0) await source.ready();
  }
}
