import type { ByteReader } from '../decode/byte-reader.ts';
import { GLOBAL_COUNT } from './added-globals.ts';
import { BodyCounter } from './body-counter.ts';
import { type Additions, Charges } from './charges.ts';
import type { CodeWriter } from './code-writer.ts';
import { divideBody, type ModuleAround } from './divide-body.ts';

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
  const divided = divideBody(reader, parameters, around);
  const { edits, localGroups, locals, groupsStart, codeStart } = divided;
  out.unsigned(localGroups + 1);
  out.bytes(bytes, groupsStart, codeStart);
  out.unsigned(1);
  out.byte(I64);
  const counter = new BodyCounter(new Charges(out, added, locals), edits, divided.hasHandlers);
  let at = codeStart;
  const copyUntil = (end: number): void => {
    copied?.push({ from: at - start, to: out.length });
    out.bytes(bytes, at, end);
    at = end;
  };
  for (const edit of edits) {
    copyUntil(edit.start);
    counter.before(edit);
    if (edit.tag === 'global') {
      out.byte(edit.opcode);
      out.unsigned(edit.index + GLOBAL_COUNT);
      at = edit.end;
    } else if (edit.tag === 'head') {
      copyUntil(edit.end);
      if (edit.isRepeated) counter.inLoop(edit.cost);
    }
  }
  copyUntil(reader.position);
}
