import { FileError } from '../files/file-error.ts';
import type { System } from './system.ts';

/** Waits until the outputs have left. The program has been told already if nobody reads them. */
export async function flushed({ stdout, stderr }: Pick<System, 'stderr' | 'stdout'>): Promise<void> {
  for (const sink of [stdout, stderr])
    await sink.flush().catch((error: unknown) => {
      if (!(error instanceof FileError && error.code === 'pipe')) throw error;
    });
}
