import type { AddedGlobals } from './added-globals.ts';
import { type Bytes, concatenate, unsigned } from '../core/module-writer.ts';

const I32 = 0x7f;
const I64 = 0x7e;

/** The types of the added functions, in their order. */
export const ADDED_TYPES: readonly Bytes[] = [
  [0x60, 1, I64, 0],
  [0x60, 1, I32, 1, I32],
  [0x60, 1, I64, 1, I64],
];

/**
 * Returns the body of the function that ends the guest. It gives the charge back that was not covered, so that the
 * counter stays exact, and notes whose fuel is empty. No guest can catch the trap.
 *
 * ```wat
 * (func $empty (param $cost i64)
 *   (global.set $counter (i64.add (global.get $counter) (local.get $cost)))
 *   (global.set $emptied (global.get $fuel))
 *   (unreachable))
 * ```
 */
export function emptyFunction({ counter, emptied, fuel }: AddedGlobals): Uint8Array {
  const left = unsigned(counter);
  return concatenate([
    [0, 0x23],
    left,
    [0x20, 0, 0x7c, 0x24],
    left,
    [0x23],
    unsigned(fuel),
    [0x24],
    unsigned(emptied),
    [0x00, 0x0b],
  ]);
}

/**
 * Returns the body of a function that charges its argument, an unsigned integer, and returns it. What is not covered is
 * not charged.
 *
 * ```wat
 * (func $bulk (param $amount i32) (result i32)
 *   (if (i32.or
 *       (i64.gt_u (i64.extend_i32_u (local.get $amount)) (global.get $counter))
 *       (i64.lt_s (global.get $counter) (i64.const 0)))
 *     (then (call $empty (i64.const 0)) (unreachable)))
 *   (global.set $counter (i64.sub (global.get $counter) (i64.extend_i32_u (local.get $amount))))
 *   (local.get $amount))
 * ```
 */
export function bulkFunction({ counter }: AddedGlobals, empty: number, isLong: boolean): Uint8Array {
  const left = concatenate([[0x23], unsigned(counter)]);
  const amount: Bytes = isLong ? [0x20, 0] : [0x20, 0, 0xad];
  return concatenate([
    [0],
    amount,
    left,
    [0x56],
    left,
    [0x42, 0, 0x53, 0x72, 0x04, 0x40, 0x42, 0, 0x10],
    unsigned(empty),
    [0x00, 0x0b],
    left,
    amount,
    [0x7d, 0x24],
    unsigned(counter),
    [0x20, 0, 0x0b],
  ]);
}
