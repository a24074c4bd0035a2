import type { ByteReader } from '../decode/byte-reader.ts';
import { GLOBAL_COUNT } from './added-globals.ts';
import { type Additions, Charges } from './charges.ts';
import type { CodeWriter } from './code-writer.ts';
import { divideBody, type ModuleAround } from './divide-body.ts';
import { isHeldInLocal, type Section } from './edit.ts';

/** Bytes of a body that were copied: those from `from` on are at `to` of the new body. Offsets are from its start. */
export interface CopiedPart {
  readonly from: number;
  readonly to: number;
}

const I64 = 0x7e;

/**
 * Writes the body of a function with its charges. The body is what the reader has until its end.
 *
 * @param copied receives the parts that were copied, if anybody needs them
 * @throws DecodeError when the body cannot be read
 */
export function writeMeteredBody(
  out: CodeWriter,
  reader: ByteReader,
  parameters: number,
  around: ModuleAround,
  added: Additions,
  copied?: CopiedPart[],
): void {
  const { bytes, position: start } = reader;
  const { edits, localGroups, locals, groupsStart, codeStart } = divideBody(reader, parameters, around);
  out.unsigned(localGroups + 1);
  out.bytes(bytes, groupsStart, codeStart);
  out.unsigned(1);
  out.byte(I64);
  const charges = new Charges(out, added, locals);
  let at = codeStart;
  const copyUntil = (end: number): void => {
    copied?.push({ from: at - start, to: out.length });
    out.bytes(bytes, at, end);
    at = end;
  };
  for (const edit of edits) {
    copyUntil(edit.start);
    switch (edit.tag) {
      case 'global':
        out.byte(edit.opcode);
        out.unsigned(edit.index + GLOBAL_COUNT);
        at = edit.end;
        break;
      case 'bulk':
        charges.bulk(edit.isLong);
        break;
      case 'entry':
        charges.tested(edit);
        break;
      case 'plain':
        charges.plain(edit);
        break;
      case 'head':
        if (startsHolding(edit)) charges.load();
        copyUntil(edit.end);
        if (edit.region.isRepeated) charges.tested(edit);
        break;
    }
  }
  copyUntil(reader.position);
}

/** Returns true for the outermost loop in which the local holds the counter. */
function startsHolding({ region }: Section): boolean {
  return region.isRepeated && isHeldInLocal(region) && !isHeldInLocal(region.parent!);
}
