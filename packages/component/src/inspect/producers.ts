import { DecodeError } from '../decode-error.ts';
import { ByteReader } from '../decode/byte-reader.ts';

/** One thing that had a part in making a module or component: `language Rust`, `processed-by wit-component 0.259.0`. */
export interface Producer {
  readonly field: string;
  readonly name: string;
  /** Empty for languages, mostly. */
  readonly version: string;
}

/**
 * Reads a custom section `producers` (WebAssembly's tool conventions, "Producers Section"). A broken one gives what
 * it can.
 */
export function readProducers(bytes: Uint8Array): Producer[] {
  const producers: Producer[] = [];
  const reader = new ByteReader(bytes);
  try {
    reader.vec(() => {
      const field = reader.name();
      reader.vec(() => producers.push({ field, name: reader.name(), version: reader.name() }));
    });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  return producers;
}
