import { DecodeError } from '../decode-error.ts';
import { ByteReader } from '../decode/byte-reader.ts';

/**
 * A language or tool with which a module or component was made: `language Rust`, `processed-by wit-component 0.259.0`.
 */
export interface Producer {
  readonly field: string;
  readonly name: string;
  /** Usually empty for languages. */
  readonly version: string;
}

/**
 * Reads a custom section `producers` (WebAssembly's tool conventions, "Producers Section"). Of a broken section, the
 * fields before the fault are returned.
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
