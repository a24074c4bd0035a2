/**
 * The operators that cost nothing, because they execute nothing: they shape the code, or end it. Every other operator
 * costs 1. Operators with an operand that says how much they do cost that operand, too (`bulk-operators.ts`).
 */
const FREE: ReadonlySet<number> = new Set([
  0x00, // unreachable
  0x01, // nop
  0x02, // block
  0x03, // loop
  0x05, // else
  0x07, // catch
  0x0b, // end
  0x0f, // return
  0x18, // delegate
  0x19, // catch_all
  0x1a, // drop
]);

/** By opcode, without those that have a prefix. */
const COSTS = Uint8Array.from({ length: 0x100 }, (_, opcode) => (FREE.has(opcode) ? 0 : 1));

/** What a call of a function costs, before its operators. */
export const FUNCTION_COST = 1;

/** Returns what an operator costs each time it is executed. */
export function costOf(opcode: number): number {
  return COSTS[opcode] ?? 1;
}
