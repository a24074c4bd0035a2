import type { ByteReader } from '../decode/byte-reader.ts';
import { hex } from '../decode/hex.ts';

/** Globals and tables carry their initial values inline, so these must be stepped over instruction by instruction. */
export function skipConstantExpression(reader: ByteReader): void {
  for (;;) {
    const start = reader.position;
    const opcode = reader.byte();
    switch (opcode) {
      case 0x0b:
        return;
      case 0x41:
      case 0x42:
        skipLeb(reader);
        break;
      case 0x43:
        reader.take(4);
        break;
      case 0x44:
        reader.take(8);
        break;
      case 0x23:
      case 0xd2:
        reader.u32();
        break;
      case 0xd0:
        if ((reader.peek() & 0xc0) === 0x40) reader.byte();
        else reader.s33Index();
        break;
      case 0x6a:
      case 0x6b:
      case 0x6c:
      case 0x7c:
      case 0x7d:
      case 0x7e:
        break;
      case 0xfb:
        skipGcInstruction(reader);
        break;
      case 0xfd:
        if (reader.u32() !== 0x0c) reader.fail('this vector instruction is not constant', start);
        reader.take(16);
        break;
      default:
        reader.fail(`instruction ${hex(opcode)} is not constant`, start);
    }
  }
}

function skipGcInstruction(reader: ByteReader): void {
  const start = reader.position;
  const opcode = reader.u32();
  switch (opcode) {
    // struct.new, struct.new_default, array.new, array.new_default
    case 0:
    case 1:
    case 6:
    case 7:
      reader.u32();
      return;
    // array.new_fixed
    case 8:
      reader.u32();
      reader.u32();
      return;
    // any.convert_extern, extern.convert_any, ref.i31
    case 26:
    case 27:
    case 28:
      return;
    default:
      reader.fail(`instruction 0xfb ${opcode} is not constant`, start);
  }
}

function skipLeb(reader: ByteReader): void {
  const start = reader.position;
  while (reader.byte() >= 0x80) {
    if (reader.position - start >= 10) reader.fail('an integer is too long', start);
  }
}
