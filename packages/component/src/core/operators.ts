import { coreValType } from '../decode/core-types.ts';
import type { ByteReader } from '../decode/byte-reader.ts';
import { hex } from '../decode/hex.ts';

/** The first bytes of operators whose second part is an integer, shifted to where `readOpcode` puts them. */
export const PREFIX = { gc: 0xfb_0000, bulk: 0xfc_0000, vector: 0xfd_0000, atomic: 0xfe_0000 } as const;

/** Returns the operator at the reader's position: its opcode, or a `PREFIX` with the integer that follows it. */
export function readOpcode(reader: ByteReader): number {
  const first = reader.byte();
  if (first < 0xfb || first === 0xff) return first;
  return (first << 16) | Math.min(reader.u32(), 0xffff);
}

/**
 * The immediates of an operator, a letter each: `i` an unsigned integer of 32 bits, `l` an integer of any size, `b` a
 * byte, `B` a block type, `m` a memory argument, `t` a heap type, `v` a list of value types, `4`, `8` and `s` (16)
 * bytes, `L` a list of labels, `C` a list of catch clauses.
 */
type Immediates = string;

/**
 * Moves a reader over the immediates of an operator that `readOpcode` returned.
 *
 * @param start where the operator starts
 * @throws DecodeError when the operator is unknown
 */
export function skipImmediates(reader: ByteReader, opcode: number, start: number): void {
  const immediates = opcode <= 0xff ? PLAIN[opcode] : prefixedImmediates(opcode);
  if (immediates === undefined) {
    const text = [...reader.bytes.subarray(start, reader.position)].map(hex).join(' ');
    reader.fail(
      `the instruction ${text} is unknown, so its module cannot be rewritten for limits or fuel`,
      start,
    );
  }
  for (let index = 0; index < immediates.length; index += 1) skipImmediate(reader, immediates[index]!);
}

function skipImmediate(reader: ByteReader, immediate: string): void {
  switch (immediate) {
    case 'i':
      reader.u32();
      return;
    case 'l':
    case 't':
      skipInteger(reader);
      return;
    case 'b':
      reader.byte();
      return;
    case 'B':
      skipBlockType(reader);
      return;
    case 'm':
      if ((reader.u32() & 0x40) !== 0) reader.u32();
      skipInteger(reader);
      return;
    case 'v':
      reader.vec(coreValType);
      return;
    case 'L':
      reader.vec((inner) => inner.u32());
      return;
    case 'C':
      reader.vec((inner) => {
        if (inner.byte() < 2) inner.u32();
        inner.u32();
      });
      return;
    default:
      reader.take(immediate === 's' ? 16 : Number(immediate));
  }
}

/** A block type that is a reference has two parts: `0x63` or `0x64`, and the heap type. */
function skipBlockType(reader: ByteReader): void {
  if (reader.peek() === 0x63 || reader.peek() === 0x64) reader.byte();
  skipInteger(reader);
}

function skipInteger(reader: ByteReader): void {
  while (reader.byte() >= 0x80);
}

const OTHERS: Readonly<Record<number, Immediates>> = {
  0x00: '',
  0x01: '',
  0x02: 'B',
  0x03: 'B',
  0x04: 'B',
  0x05: '',
  0x06: 'B',
  0x07: 'i',
  0x08: 'i',
  0x09: 'i',
  0x0a: '',
  0x0b: '',
  0x0c: 'i',
  0x0d: 'i',
  0x0e: 'Li',
  0x0f: '',
  0x10: 'i',
  0x11: 'ii',
  0x12: 'i',
  0x13: 'ii',
  0x14: 'i',
  0x15: 'i',
  0x18: 'i',
  0x19: '',
  0x1a: '',
  0x1b: '',
  0x1c: 'v',
  0x1f: 'BC',
  0x3f: 'i',
  0x41: 'l',
  0x42: 'l',
  0x43: '4',
  0x44: '8',
  0xd0: 't',
  0xd1: '',
  0xd2: 'i',
  0xd3: '',
  0xd4: '',
  0xd5: 'i',
  0xd6: 'i',
};

/** By opcode. */
const PLAIN: readonly (Immediates | undefined)[] = Array.from({ length: 0x100 }, (_, opcode) => {
  if (opcode >= 0x45 && opcode <= 0xc4) return '';
  if (opcode >= 0x28 && opcode <= 0x3e) return 'm';
  if (opcode >= 0x20 && opcode <= 0x26) return 'i';
  return OTHERS[opcode];
});

function prefixedImmediates(opcode: number): Immediates | undefined {
  const operation = opcode & 0xffff;
  switch (opcode - operation) {
    case PREFIX.gc:
      return GC[operation];
    case PREFIX.bulk:
      return MISCELLANEOUS[operation];
    case PREFIX.vector:
      return vectorImmediates(operation);
    default:
      return atomicImmediates(operation);
  }
}

/** After `0xfb`, WasmGC. */
const GC: readonly Immediates[] =
  'i i ii ii ii ii i i ii ii ii i i i i - i ii ii ii t t t t bitt bitt - - - - -'
    .replaceAll('-', '')
    .split(' ');

/** After `0xfc`: saturating conversions, bulk operations, wide arithmetic. */
const MISCELLANEOUS: Readonly<Record<number, Immediates>> = {
  ...['', '', '', '', '', '', '', '', 'ii', 'i', 'ii', 'i', 'ii', 'i', 'ii'],
  15: 'i',
  16: 'i',
  17: 'i',
  19: '',
  20: '',
  21: '',
  22: '',
};

function vectorImmediates(operation: number): Immediates | undefined {
  if (operation <= 11 || operation === 92 || operation === 93) return 'm';
  if (operation === 12 || operation === 13) return 's';
  if (operation >= 21 && operation <= 34) return 'b';
  if (operation >= 84 && operation <= 91) return 'mb';
  return operation <= 275 ? '' : undefined;
}

function atomicImmediates(operation: number): Immediates | undefined {
  if (operation === 3) return 'b';
  return operation <= 2 || (operation >= 0x10 && operation <= 0x4e) ? 'm' : undefined;
}
