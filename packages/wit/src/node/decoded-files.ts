import type { WitCache } from '../cache.ts';
import type { DecodedPackage } from './load.ts';

interface DecodedFile {
  readonly content: Uint8Array | string;
  readonly decoded: DecodedPackage;
}

const ofCache = new WeakMap<WitCache, DecodedFiles>();

/** The decoded packages in wasm form, by path. */
export class DecodedFiles {
  readonly #files = new Map<string, DecodedFile>();

  /** Returns the files that belong to a cache; without a cache, nothing is kept. */
  static of(cache: WitCache | undefined): DecodedFiles {
    if (cache === undefined) return new DecodedFiles();
    let files = ofCache.get(cache);
    if (files === undefined) ofCache.set(cache, (files = new DecodedFiles()));
    return files;
  }

  async get(
    path: string,
    content: Uint8Array | string,
    decode: () => Promise<DecodedPackage>,
  ): Promise<DecodedPackage> {
    const known = this.#files.get(path);
    if (known !== undefined && isSame(known.content, content)) return known.decoded;
    const decoded = await decode();
    this.#files.set(path, { content, decoded });
    return decoded;
  }
}

function isSame(a: Uint8Array | string, b: Uint8Array | string): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
