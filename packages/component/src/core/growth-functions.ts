import type { Limits } from '../ast.ts';
import { type ModuleOutline, pageSize } from './module-outline.ts';
import { type Bytes, concatenate, unsigned } from './module-writer.ts';

/** The memory or table that an added function grows. */
interface Grown {
  readonly what: 'memory' | 'table';
  readonly index: number;
}

const I32 = 0x7f;
const I64 = 0x7e;
const F64 = 0x7c;

/** The type of functions that are asked: `(func (param f64) (result i32))`. */
export const ASK_TYPE: Bytes = [0x60, 1, F64, 1, I32];

/** `(global (mut f64) (f64.const 0))` */
export const ZERO_GLOBAL: Bytes = [F64, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b];

/**
 * Returns the body of a function that is asked. It subtracts from a global what is asked for, and returns 1, or returns
 * 0 when the global has less. A negative number adds to it.
 */
export function askFunction(global: number): Uint8Array {
  const left = unsigned(global);
  return concatenate([
    [0, 0x20, 0, 0x23],
    left,
    // If the parameter is greater (f64.gt), return 0.
    [0x64, 0x04, 0x40, 0x41, 0, 0x0f, 0x0b, 0x23],
    left,
    [0x20, 0, 0xa1, 0x24],
    left,
    [0x41, 1, 0x0b],
  ]);
}

/** Returns the type of the function that grows a memory or a table. */
export function growType({ what, index }: Grown, outline: ModuleOutline): Bytes {
  if (what === 'memory') {
    const address = addressOf(outline.memories[index]?.limits);
    return [0x60, 1, address, 1, address];
  }
  const table = outline.tables[index];
  const address = addressOf(table?.limits);
  return concatenate([[0x60, 2], table?.element ?? [0x70], [address, 1, address]]);
}

/**
 * Returns the body of a function that grows a memory or a table if the host allows it, in text:
 *
 * ```wat
 * (func (param $by i32) (result i32) (local $before i32)
 *   (if (i32.eqz (call_indirect (type $ask)
 *       (f64.mul (f64.convert_i32_u (local.get $by)) (f64.const 65536)) (i32.const 0)))
 *     (then (return (i32.const -1))))
 *   (if (i32.eq (local.tee $before (memory.grow (local.get $by))) (i32.const -1))
 *     (then (drop (call_indirect (type $ask) (f64.neg …) (i32.const 0)))))
 *   (local.get $before))
 * ```
 *
 * @param ask the type of the functions that are asked, and the table that they are in
 */
export function growFunction(
  { what, index }: Grown,
  outline: ModuleOutline,
  ask: { readonly type: number; readonly table: number },
): Uint8Array {
  const isMemory = what === 'memory';
  const limits = (isMemory ? outline.memories : outline.tables)[index]?.limits;
  const address = addressOf(limits);
  const by = isMemory ? 0 : 1;
  const before = by + 1;
  const unit = f64(isMemory && limits !== undefined ? pageSize(limits) : 1);
  const amount: Bytes = [0x20, by, address === I64 ? 0xba : 0xb8, 0x44, ...unit, 0xa2];
  const called = concatenate([[0x41, isMemory ? 0 : 1, 0x11], unsigned(ask.type), unsigned(ask.table)]);
  const minusOne = [address === I64 ? 0x42 : 0x41, 0x7f];
  const grow = isMemory
    ? concatenate([[0x20, 0, 0x40], unsigned(index)])
    : concatenate([[0x20, 0, 0x20, 1, 0xfc, 15], unsigned(index)]);
  return concatenate([
    [1, 1, address],
    // Ask, and return -1 if the answer is 0.
    amount,
    called,
    [0x45, 0x04, 0x40],
    minusOne,
    [0x0f, 0x0b],
    // Grow, and give back what was asked for if nothing grew.
    grow,
    [0x22, before],
    minusOne,
    [address === I64 ? 0x51 : 0x46, 0x04, 0x40],
    amount,
    [0x9a],
    called,
    [0x1a, 0x0b, 0x20, before, 0x0b],
  ]);
}

function addressOf(limits: Limits | undefined): number {
  return limits?.memory64 === true ? I64 : I32;
}

function f64(value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [...bytes];
}
