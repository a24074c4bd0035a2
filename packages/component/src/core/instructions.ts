import type { ByteReader } from '../decode/byte-reader.ts';
import { hex } from '../decode/hex.ts';
import { coreValType } from '../decode/core-types.ts';

/** The instructions that limits look for. */
type LimitedInstruction = 'memory.grow' | 'table.grow' | 'gc';

/**
 * Calls `found` for each instruction of a function body that grows a memory or a table, with the index of it, and for
 * each of WasmGC, with where it starts and ends. The body starts at the reader's position, with its locals.
 *
 * @throws DecodeError when an instruction is unknown: what cannot be read cannot be limited
 */
export function findLimited(
  reader: ByteReader,
  found: (instruction: LimitedInstruction, index: number, start: number, end: number) => void,
): void {
  reader.vec(() => {
    reader.u32();
    coreValType(reader);
  });
  while (!reader.atEnd) {
    const start = reader.position;
    const opcode = reader.byte();
    if (opcode === 0x40) found('memory.grow', reader.u32(), start, reader.position);
    else if (opcode === 0xfb) {
      skipImmediates(reader, GC[reader.u32()], start);
      found('gc', 0, start, reader.position);
    } else if (opcode === 0xfc) {
      const operation = reader.u32();
      if (operation === 15) found('table.grow', reader.u32(), start, reader.position);
      else skipImmediates(reader, MISCELLANEOUS[operation], start);
    } else skipImmediates(reader, immediatesOf(reader, opcode), start);
  }
}

/**
 * The immediates of an instruction, a letter each: `i` an unsigned integer of 32 bits, `l` an integer of any size, `b`
 * a byte, `m` a memory argument, `t` a heap type, `v` a list of value types, `4`, `8` and `s` (16) bytes, `L` a list of
 * labels, `C` a list of catch clauses.
 */
type Immediates = string;

function skipImmediates(reader: ByteReader, immediates: Immediates | undefined, start: number): void {
  if (immediates === undefined) {
    const opcode = [...reader.bytes.subarray(start, reader.position)].map(hex).join(' ');
    reader.fail(`the instruction ${opcode} is unknown, so its module cannot be limited`, start);
  }
  for (const each of immediates) skipImmediate(reader, each);
}

function skipImmediate(reader: ByteReader, immediate: string): void {
  switch (immediate) {
    case 'i':
      reader.u32();
      return;
    case 'l':
    case 't':
      skipLeb(reader);
      return;
    case 'b':
      reader.byte();
      return;
    case 'm':
      if ((reader.u32() & 0x40) !== 0) reader.u32();
      skipLeb(reader);
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
  skipLeb(reader);
}

function skipLeb(reader: ByteReader): void {
  while (reader.byte() >= 0x80);
}

function immediatesOf(reader: ByteReader, opcode: number): Immediates | undefined {
  if (opcode === 0xfd) return vectorImmediates(reader.u32());
  if (opcode === 0xfe) return atomicImmediates(reader.u32());
  if (opcode >= 0x45 && opcode <= 0xc4) return '';
  if (opcode >= 0x28 && opcode <= 0x3e) return 'm';
  if (opcode >= 0x20 && opcode <= 0x26) return 'i';
  const immediates = CONTROL[opcode];
  if (immediates?.startsWith('B') !== true) return immediates;
  skipBlockType(reader);
  return immediates.slice(1);
}

/** `B` is a block type. */
const CONTROL: Readonly<Record<number, Immediates>> = {
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

/** After `0xfb`, WasmGC. */
const GC: readonly Immediates[] =
  'i i ii ii ii ii i i ii ii ii i i i i - i ii ii ii t t t t bitt bitt - - - - -'
    .replaceAll('-', '')
    .split(' ');

/** After `0xfc`: saturating conversions, bulk operations (without `table.grow`), wide arithmetic. */
const MISCELLANEOUS: Readonly<Record<number, Immediates>> = {
  ...['', '', '', '', '', '', '', '', 'ii', 'i', 'ii', 'i', 'ii', 'i', 'ii'],
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
