import { PREFIX } from '../core/operators.ts';
import type { Limits } from '../ast.ts';
import type { ByteReader } from '../decode/byte-reader.ts';

/** What decides whether an operand is an `i32` or an `i64`: the memories and tables of a module. */
export interface AddressedSpaces {
  readonly memories: readonly { readonly limits: Limits }[];
  readonly tables: readonly { readonly limits: Limits }[];
}

const { bulk, gc } = PREFIX;

/**
 * The operators whose last operand, at the top of the stack, is a number of bytes, elements or pages. The value says
 * what their immediates are: `i` an index that does not matter here, `m` a memory, `t` a table. An operator with two
 * memories or tables has an operand of 64 bits only if both have 64-bit addresses.
 */
const OPERATORS: ReadonlyMap<number, string> = new Map([
  [0x40, 'm'], // memory.grow
  [bulk + 8, 'ii'], // memory.init: its number of bytes is always an i32
  [bulk + 10, 'mm'], // memory.copy
  [bulk + 11, 'm'], // memory.fill
  [bulk + 12, 'ii'], // table.init: its number of elements is always an i32
  [bulk + 14, 'tt'], // table.copy
  [bulk + 15, 't'], // table.grow
  [bulk + 17, 't'], // table.fill
  [gc + 6, 'i'], // array.new
  [gc + 7, 'i'], // array.new_default
  [gc + 9, 'ii'], // array.new_data
  [gc + 10, 'ii'], // array.new_elem
  [gc + 16, 'i'], // array.fill
  [gc + 17, 'ii'], // array.copy
  [gc + 18, 'ii'], // array.init_data
  [gc + 19, 'ii'], // array.init_elem
]);

/** Returns true for an operator whose cost depends on its last operand. */
export function isBulk(opcode: number): boolean {
  return opcode === 0x40 || (opcode > 0xff && OPERATORS.has(opcode));
}

/** Reads the immediates of a bulk operator. Returns true when its last operand is an `i64`. */
export function readsLongOperand(reader: ByteReader, opcode: number, spaces: AddressedSpaces): boolean {
  let isLong = true;
  let isAddressed = false;
  for (const each of OPERATORS.get(opcode)!) {
    const index = reader.u32();
    if (each === 'i') continue;
    isAddressed = true;
    const space = each === 'm' ? spaces.memories : spaces.tables;
    isLong &&= space[index]?.limits.memory64 === true;
  }
  return isAddressed && isLong;
}
