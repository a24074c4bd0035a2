import type { NodeStat } from './node.ts';

/** `metadata-hash-value` of `wasi:filesystem/types`: a hash of 128 bits. */
export interface MetadataHash {
  lower: bigint;
  upper: bigint;
}

/**
 * Returns a hash that changes when a file is modified or replaced. It is SipHash-2-4 with a secret key of this process,
 * so that a program cannot find an inode or a time by trying.
 */
export function metadataHash({ device, inode, size, modified, changed }: NodeStat): MetadataHash {
  const words = [device, inode, size, modified, changed];
  for (const [at, word] of words.entries()) message[at] = BigInt.asUintN(64, word);
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = secret();
  const state = Int32Array.of(
    0x70736575 ^ k0,
    0x736f6d65 ^ k1,
    0x6e646f6d ^ k2 ^ 0xee,
    0x646f7261 ^ k3,
    0x6e657261 ^ k0,
    0x6c796765 ^ k1,
    0x79746573 ^ k2,
    0x74656462 ^ k3,
  );
  for (let at = 0; at < words.length; at++) compress(state, halves[2 * at] ?? 0, halves[2 * at + 1] ?? 0);
  // The last block is the length of the message in its highest byte.
  compress(state, 0, (8 * words.length) << 24);
  state[4] = (state[4] ?? 0) ^ 0xee;
  const lower = finish(state);
  state[2] = (state[2] ?? 0) ^ 0xdd;
  return { lower, upper: finish(state) };
}

/** The message in words of 64 bits, and in halves: the lower one first, as all machines have it that run JavaScript. */
const message = new BigUint64Array(5);
const halves = new Int32Array(message.buffer);

let key: Uint32Array | undefined;

/** The key is made when it is first needed: some platforms have no random numbers while modules are loaded. */
function secret(): Uint32Array {
  key ??= crypto.getRandomValues(new Uint32Array(4));
  return key;
}

function compress(state: Int32Array, low: number, high: number): void {
  state[6] = (state[6] ?? 0) ^ low;
  state[7] = (state[7] ?? 0) ^ high;
  rounds(state, 2);
  state[0] = (state[0] ?? 0) ^ low;
  state[1] = (state[1] ?? 0) ^ high;
}

function finish(state: Int32Array): bigint {
  rounds(state, 4);
  const [low, high] = [0, 1].map(
    (half) => (state[half] ?? 0) ^ (state[half + 2] ?? 0) ^ (state[half + 4] ?? 0) ^ (state[half + 6] ?? 0),
  );
  return (BigInt((high ?? 0) >>> 0) << 32n) | BigInt((low ?? 0) >>> 0);
}

function rounds(state: Int32Array, count: number): void {
  for (let round = 0; round < count; round++) {
    add(state, 0, 2);
    rotate(state, 2, 13);
    mix(state, 2, 0);
    rotate(state, 0, 32);
    add(state, 4, 6);
    rotate(state, 6, 16);
    mix(state, 6, 4);
    add(state, 0, 6);
    rotate(state, 6, 21);
    mix(state, 6, 0);
    add(state, 4, 2);
    rotate(state, 2, 17);
    mix(state, 2, 4);
    rotate(state, 4, 32);
  }
}

/** Adds the 64 bits at `b` to those at `a`. */
function add(state: Int32Array, a: number, b: number): void {
  const low = ((state[a] ?? 0) >>> 0) + ((state[b] ?? 0) >>> 0);
  state[a + 1] = (state[a + 1] ?? 0) + (state[b + 1] ?? 0) + (low > 0xffff_ffff ? 1 : 0);
  state[a] = low;
}

function mix(state: Int32Array, a: number, b: number): void {
  state[a] = (state[a] ?? 0) ^ (state[b] ?? 0);
  state[a + 1] = (state[a + 1] ?? 0) ^ (state[b + 1] ?? 0);
}

/** Rotates 64 bits to the left, by at most 32. */
function rotate(state: Int32Array, at: number, bits: number): void {
  const [low, high] = [state[at] ?? 0, state[at + 1] ?? 0];
  state[at] = bits === 32 ? high : (low << bits) | (high >>> (32 - bits));
  state[at + 1] = bits === 32 ? low : (high << bits) | (low >>> (32 - bits));
}
