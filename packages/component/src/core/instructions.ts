import type { ByteReader } from '../decode/byte-reader.ts';
import { coreValType } from '../decode/core-types.ts';
import { PREFIX, readOpcode, skipImmediates } from './operators.ts';

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
    const opcode = readOpcode(reader);
    if (opcode === 0x40) found('memory.grow', reader.u32(), start, reader.position);
    else if (opcode === PREFIX.bulk + 15) found('table.grow', reader.u32(), start, reader.position);
    else {
      skipImmediates(reader, opcode, start);
      if (opcode >> 16 === PREFIX.gc >> 16) found('gc', 0, start, reader.position);
    }
  }
}
