import type { Component } from '../ast.ts';
import { decodeFrom } from './decode.ts';
import { ExplainingReader } from './explaining-reader.ts';

/**
 * Decodes a component (`Binary.md`). Nothing is copied: core modules, custom sections and value definitions are views
 * into `bytes`. Indices are not resolved; `validate` does that.
 *
 * @throws DecodeError when the bytes are not a component, with the offset of the fault
 */
export function decode(bytes: Uint8Array | ArrayBuffer): Component {
  // Views and buffers of other realms are not instances of this realm's classes.
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  return decodeFrom(new ExplainingReader(view));
}
