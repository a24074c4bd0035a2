/** Converts an address or a length from core wasm, which is signed, to a number. */
export function addressOf(value: number | bigint): number {
  return typeof value === 'bigint' ? Number(BigInt.asUintN(64, value)) : value >>> 0;
}

/** What a built-in returns that would have to wait: `BLOCKED` of `CanonicalABI.md`, as a signed core value. */
export const BLOCKED = -1;

/** Extends an i32 of core wasm with zeros to an i64. */
export function toUnsignedI64(value: number): bigint {
  return BigInt(value >>> 0);
}
