/** Web Crypto refuses longer arrays. */
const MOST_AT_ONCE = 65_536;

/** Fills an array of any length with the random bytes of Web Crypto. */
export function fillFromWebCrypto(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += MOST_AT_ONCE) {
    const piece = new Uint8Array(Math.min(MOST_AT_ONCE, bytes.length - at));
    // The array may be a view of a shared memory, which Web Crypto does not fill.
    bytes.set(crypto.getRandomValues(piece), at);
  }
}

/**
 * Returns a function that fills arrays with the same bytes in every run: the key stream of ChaCha20 (RFC 8439) with the
 * seed as key. How the program divides its requests does not change the bytes.
 *
 * @param seed at least 0, and less than 2^256
 */
export function seededRandom(seed: bigint): (bytes: Uint8Array) => void {
  const state = initialState(seed);
  const block = new DataView(new ArrayBuffer(64));
  let used = 64;
  return (bytes) => {
    for (let at = 0; at < bytes.length; at++) {
      if (used === 64) {
        nextBlock(state, block);
        used = 0;
      }
      bytes[at] = block.getUint8(used++);
    }
  };
}

function initialState(seed: bigint): Uint32Array {
  const state = new Uint32Array(16);
  // "expand 32-byte k", the constant of the cipher.
  state.set([0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
  for (let word = 0; word < 8; word++) state[4 + word] = Number((seed >> BigInt(32 * word)) & 0xffff_ffffn);
  return state;
}

/** The words that each quarter round mixes: the columns, then the diagonals. */
const QUARTER_ROUNDS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

/** Writes the block of the state (RFC 8439, section 2.3), and counts on. */
function nextBlock(state: Uint32Array, block: DataView): void {
  const words = state.slice();
  for (let round = 0; round < 10; round++)
    for (const [a, b, c, d] of QUARTER_ROUNDS) {
      mix(words, a, b, d, 16);
      mix(words, c, d, b, 12);
      mix(words, a, b, d, 8);
      mix(words, c, d, b, 7);
    }
  for (let word = 0; word < 16; word++) block.setUint32(4 * word, (words[word]! + state[word]!) >>> 0, true);
  // The counter has 64 bits, as in the first version of the cipher, so that the stream does not repeat after 256 GiB.
  state[12] = (state[12]! + 1) >>> 0;
  if (state[12] === 0) state[13] = (state[13]! + 1) >>> 0;
}

function mix(words: Uint32Array, to: number, from: number, turned: number, by: number): void {
  words[to] = (words[to]! + words[from]!) >>> 0;
  const mixed = words[turned]! ^ words[to];
  words[turned] = ((mixed << by) | (mixed >>> (32 - by))) >>> 0;
}
