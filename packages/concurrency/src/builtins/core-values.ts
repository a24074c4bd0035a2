/** Converts an address or a length from core wasm, which is signed, to a number. */
export function addressOf(value: number | bigint): number {
  return typeof value === 'bigint' ? Number(BigInt.asUintN(64, value)) : value >>> 0;
}

/** What a built-in returns that would have to wait: `BLOCKED` of `CanonicalABI.md`, as a signed core value. */
export const BLOCKED = -1;
