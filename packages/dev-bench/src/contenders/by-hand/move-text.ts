import type { GuestMemory } from './guest-memory.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Up to this length a loop was measured to be faster than the platform's function for copying. */
const SHORT = 32;

/** Copies a string from one memory to the other and returns its new address. */
export function moveText(from: GuestMemory, pointer: number, length: number, to: GuestMemory): number {
  const source = from.views.u8;
  if (!isAscii(from, pointer, length)) decoder.decode(source.subarray(pointer, pointer + length));
  const target = to.allocate(1, length);
  const { u8 } = to.refresh();
  if (length > SHORT) u8.set(source.subarray(pointer, pointer + length), target);
  else for (let i = 0; i < length; i++) u8[target + i] = source[pointer + i]!;
  return target;
}

function isAscii(memory: GuestMemory, pointer: number, length: number): boolean {
  const { u8, u32 } = memory.views;
  const end = pointer + length;
  let bits = 0;
  let at = pointer;
  for (; (at & 3) !== 0 && at < end; at++) bits |= u8[at]!;
  for (; at + 16 <= end; at += 16) {
    const word = at >>> 2;
    bits |= u32[word]! | u32[word + 1]! | u32[word + 2]! | u32[word + 3]!;
  }
  for (; at < end; at++) bits |= u8[at]!;
  return (bits & 0x8080_8080) === 0;
}
