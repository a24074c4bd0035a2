import type { Entry } from '../guests/async-guest.ts';

/** The size in bytes of the chunks that the guest writes and reads. */
export const CHUNK = 65_536;

/** A chunk as the guest writes it: the number of the chunk in eight bytes, then bytes that depend on their position. */
export function chunk(number: number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from({ length: CHUNK }, (_, i) => i * 7 + (i >> 8));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number), true);
  return bytes;
}

/** The sum that the guest makes of the bytes of numbered chunks whose position is a multiple of `stride`. */
export function bytesSum(total: number, stride: number): number {
  const bytes = chunk(0);
  const numbers = new Uint32Array(bytes.buffer, 0, 1);
  let sum = 0;
  for (let at = 0; at < total; at += stride) {
    numbers[0] = Math.floor(at / CHUNK);
    sum = (Math.imul(sum, 31) + bytes[at % CHUNK]!) | 0;
  }
  return sum >>> 0;
}

const names = 'the name of one of the entries';

/** The first records that the guest writes. */
export function firstEntries(count: number): readonly Entry[] {
  return Array.from({ length: count }, (_, i) => ({
    id: BigInt(i),
    name: names.slice(i % 8, (i % 8) + 5 + (i % 12)),
    score: i * 0.5,
  }));
}

/** The sum that the guest makes of `count` records whose contents start again after `period` of them. */
export function entriesSum(count: number, period: number): number {
  const named = firstEntries(24);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const id = i % period;
    const { name } = named[id % 24]!;
    const fields = id + Math.trunc(id * 0.5) + name.length + name.charCodeAt(name.length - 1);
    sum = (Math.imul(sum, 31) + fields) | 0;
  }
  return sum >>> 0;
}

/** The sum that the guest makes of the bytes of a text. */
export function textSum(text: string): number {
  let sum = 0;
  for (const byte of new TextEncoder().encode(text)) sum = (Math.imul(sum, 31) + byte) | 0;
  return sum >>> 0;
}
