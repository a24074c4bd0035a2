/**
 * SipHash-2-4 with 128 bits of output: a hash that tells nothing about its input to whom does not know the key. The
 * state is eight words of 32 bits, the lower half of each of its four numbers first, because big integers are slow.
 *
 * @param key 16 bytes
 * @returns four words of 32 bits, the lowest first
 */
export function sipHash(key: Uint8Array, message: Uint8Array): Uint32Array {
  const [k0, k1, k2, k3] = wordsOf(key);
  const state = Uint32Array.of(
    0x7073_6575 ^ k0!,
    0x736f_6d65 ^ k1!,
    0x6e64_6f6d ^ k2! ^ 0xee,
    0x646f_7261 ^ k3!,
    0x6e65_7261 ^ k0!,
    0x6c79_6765 ^ k1!,
    0x7974_6573 ^ k2!,
    0x7465_6462 ^ k3!,
  );
  const padded = new Uint8Array((message.length & ~7) + 8);
  padded.set(message);
  padded[padded.length - 1] = message.length;
  const words = wordsOf(padded);
  for (let at = 0; at < words.length; at += 2) {
    state[6]! ^= words[at]!;
    state[7]! ^= words[at + 1]!;
    mix(state, 2);
    state[0]! ^= words[at]!;
    state[1]! ^= words[at + 1]!;
  }
  const hash = new Uint32Array(4);
  state[4]! ^= 0xee;
  mix(state, 4);
  hash.set(folded(state), 0);
  state[2]! ^= 0xdd;
  mix(state, 4);
  hash.set(folded(state), 2);
  return hash;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(4 * index, true));
}

function folded(state: Uint32Array): readonly [number, number] {
  return [state[0]! ^ state[2]! ^ state[4]! ^ state[6]!, state[1]! ^ state[3]! ^ state[5]! ^ state[7]!];
}

function mix(state: Uint32Array, rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    addAndTurn(state, 0, 2, 13);
    swapHalves(state, 0);
    addAndTurn(state, 4, 6, 16);
    addAndTurn(state, 0, 6, 21);
    addAndTurn(state, 4, 2, 17);
    swapHalves(state, 4);
  }
}

/** Adds one number to another, then turns the first to the left and combines it with the sum. */
function addAndTurn(state: Uint32Array, sum: number, turned: number, by: number): void {
  const low = state[turned]!;
  const high = state[turned + 1]!;
  const added = state[sum]! + low;
  state[sum + 1] = state[sum + 1]! + high + (added > 0xffff_ffff ? 1 : 0);
  state[sum] = added;
  state[turned] = ((low << by) | (high >>> (32 - by))) ^ state[sum]!;
  state[turned + 1] = ((high << by) | (low >>> (32 - by))) ^ state[sum + 1]!;
}

function swapHalves(state: Uint32Array, at: number): void {
  const low = state[at]!;
  state[at] = state[at + 1]!;
  state[at + 1] = low;
}
