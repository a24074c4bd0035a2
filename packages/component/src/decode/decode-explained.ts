import type { Component } from '../ast.ts';
import { decodeWith } from './decode.ts';
import { rareDecoding } from './rare-decoding.ts';

/**
 * Decodes a component (`Binary.md`). Nothing is copied: core modules, custom sections and value definitions are views
 * into `bytes`. Indices are not resolved; `validate` does that.
 *
 * @throws DecodeError when the bytes are not a component, with the offset of the fault
 */
export function decode(bytes: Uint8Array | ArrayBuffer): Component {
  return decodeWith(bytes, rareDecoding);
}
