import type { ByteReader } from '../decode/byte-reader.ts';
import { coreValType } from '../decode/core-types.ts';
import { PREFIX, readOpcode, skipImmediates } from '../core/operators.ts';
import { type AddressedSpaces, isBulk, readsLongOperand } from './bulk-operators.ts';
import { costOf } from './costs.ts';
import type { Edit } from './edit.ts';
import { OpenSections } from './open-sections.ts';

/** What the body of a function refers to. */
export interface ModuleAround extends AddressedSpaces {
  /** The number of functions that the module imports or defines. */
  readonly functions: number;
  readonly importedGlobals: number;
}

/** A function's body, divided into sections. */
interface DividedBody {
  /** In the order of their offsets. */
  readonly edits: readonly Edit[];
  /** The number of groups of locals that the body declares. */
  readonly localGroups: number;
  /** The number of parameters and locals. */
  readonly locals: number;
  /** Where the first group of locals and the first operator start. */
  readonly groupsStart: number;
  readonly codeStart: number;
  /** True when the body catches exceptions. */
  readonly hasHandlers: boolean;
}

/** As in engines (JavaScript API, "Implementation-defined Limits"). */
const MAX_LOCALS = 50_000;

/**
 * Reads the body of a function, which is what the reader has until its end.
 *
 * It checks what charges rely on: that the body uses no local and no function that will be added, so that no code of
 * the guest can reach them. Everything else is left to the engine's validation.
 *
 * @throws DecodeError when the body cannot be read
 */
export function divideBody(reader: ByteReader, parameters: number, around: ModuleAround): DividedBody {
  const localsStart = reader.position;
  const localGroups = reader.u32();
  const groupsStart = reader.position;
  let locals = parameters;
  for (let group = 0; group < localGroups; group += 1) {
    locals += reader.u32();
    coreValType(reader);
  }
  if (locals > MAX_LOCALS) reader.fail(`a function has more than ${MAX_LOCALS} locals`, localsStart);
  const codeStart = reader.position;
  const sections = new OpenSections(reader);
  const operators = new OperatorReader(reader, sections, locals, around);
  while (!sections.isAtEnd) {
    operators.skipSimple();
    operators.read();
  }
  if (!reader.atEnd) reader.fail('bytes follow the end of a function');
  const { hasHandlers } = operators;
  return { edits: sections.edits, localGroups, locals, groupsStart, codeStart, hasHandlers };
}

const [ALONE, LOCAL, INTEGER, MEMORY] = [1, 2, 3, 4];

/** What follows the opcodes that `skipSimple` skips: nothing, the index of a local, an integer, a memory argument. */
const SIMPLE = Uint8Array.from({ length: 0x100 }, (_, opcode) => {
  if (opcode >= 0x45 && opcode <= 0xc4) return ALONE;
  if (opcode >= 0x28 && opcode <= 0x3e) return MEMORY;
  if (opcode >= 0x20 && opcode <= 0x22) return LOCAL;
  // i32.const, i64.const
  return opcode === 0x41 || opcode === 0x42 ? INTEGER : 0;
});

/** Reads operator after operator, and reports to the open sections how control flows. */
class OperatorReader {
  hasHandlers = false;
  readonly #reader: ByteReader;
  readonly #sections: OpenSections;
  readonly #locals: number;
  readonly #around: ModuleAround;

  constructor(reader: ByteReader, sections: OpenSections, locals: number, around: ModuleAround) {
    this.#reader = reader;
    this.#sections = sections;
    this.#locals = locals;
    this.#around = around;
  }

  /**
   * Skips operators that cost 1, go on with the next one, and refer to nothing that moves. Most operators do, and here
   * they are read quickly before the engine has optimised anything. Everything unusual is left to `read`.
   */
  skipSimple(): void {
    const { bytes, end } = this.#reader;
    const locals = Math.min(this.#locals, 0x80);
    let at = this.#reader.position;
    let count = 0;
    for (; at < end; count += 1) {
      let next = at + 1;
      const kind = SIMPLE[bytes[at]!];
      if (kind === LOCAL) {
        if (bytes[next]! >= locals) break;
        next += 1;
      } else if (kind === INTEGER || kind === MEMORY) {
        // The first number of a memory argument is larger if the index of a memory follows.
        if (kind === MEMORY && bytes[next++]! >= 0x40) break;
        while (bytes[next]! >= 0x80) next += 1;
        next += 1;
      } else if (kind !== ALONE) break;
      if (next > end) break;
      at = next;
    }
    this.#reader.position = at;
    this.#sections.charge(count);
  }

  read(): void {
    const reader = this.#reader;
    const sections = this.#sections;
    const start = reader.position;
    const opcode = readOpcode(reader);
    sections.charge(costOf(opcode));
    switch (opcode) {
      // block, loop, if, try
      case 0x02:
        skipImmediates(reader, opcode, start);
        sections.begin('block', start);
        return;
      case 0x03:
        skipImmediates(reader, opcode, start);
        sections.beginLoop(start);
        return;
      case 0x04:
        skipImmediates(reader, opcode, start);
        sections.begin('if', start);
        return;
      case 0x06:
        skipImmediates(reader, opcode, start);
        this.hasHandlers = true;
        sections.begin('block', start);
        return;
      // else, catch, catch_all
      case 0x05:
      case 0x07:
      case 0x19:
        skipImmediates(reader, opcode, start);
        sections.arm(start);
        return;
      // end, delegate
      case 0x0b:
      case 0x18:
        skipImmediates(reader, opcode, start);
        sections.end(start);
        return;
      case 0x1f:
        this.#tryTable(start);
        return;
      // br, br_table
      case 0x0c:
        sections.branch(start, [reader.u32()], false);
        return;
      case 0x0e:
        this.#branchTable(start);
        return;
      // unreachable, throw, rethrow, throw_ref, return, return_call_indirect, return_call_ref
      case 0x00:
      case 0x08:
      case 0x09:
      case 0x0a:
      case 0x0f:
      case 0x13:
      case 0x15:
        skipImmediates(reader, opcode, start);
        sections.leave(start);
        return;
      // return_call
      case 0x12:
        this.#function(start);
        sections.leave(start);
        return;
      // br_if, br_on_null, br_on_non_null
      case 0x0d:
      case 0xd5:
      case 0xd6:
        sections.branch(start, [reader.u32()], true);
        return;
      // br_on_cast, br_on_cast_fail
      case PREFIX.gc + 24:
      case PREFIX.gc + 25:
        this.#branchOnCast(opcode, start);
        return;
      // call
      case 0x10:
        this.#function(start);
        sections.call(start);
        return;
      // call_indirect, call_ref
      case 0x11:
      case 0x14:
        skipImmediates(reader, opcode, start);
        sections.call(start);
        return;
      // local.get, local.set, local.tee
      case 0x20:
      case 0x21:
      case 0x22:
        if (reader.u32() >= this.#locals) reader.fail('a function uses a local that does not exist', start);
        return;
      // global.get, global.set
      case 0x23:
      case 0x24:
        this.#global(opcode, start);
        return;
      // ref.func
      case 0xd2:
        this.#function(start);
        return;
      default:
        if (isBulk(opcode)) this.#bulk(opcode, start);
        else skipImmediates(reader, opcode, start);
    }
  }

  #function(start: number): void {
    const reader = this.#reader;
    if (reader.u32() >= this.#around.functions)
      reader.fail('a function refers to a function that does not exist', start);
  }

  #global(opcode: number, start: number): void {
    const reader = this.#reader;
    const index = reader.u32();
    if (index < this.#around.importedGlobals) return;
    this.#sections.edits.push({ tag: 'global', start, end: reader.position, opcode, index });
  }

  #bulk(opcode: number, start: number): void {
    this.#sections.bulk(start, readsLongOperand(this.#reader, opcode, this.#around));
  }

  #branchTable(start: number): void {
    const reader = this.#reader;
    const labels: number[] = [];
    for (let left = reader.u32(); left >= 0; left -= 1) labels.push(reader.u32());
    this.#sections.branch(start, labels, false);
  }

  /** The clauses of a `try_table` branch to the labels around it. */
  #tryTable(start: number): void {
    const reader = this.#reader;
    skipImmediates(reader, 0x02, start);
    this.hasHandlers = true;
    for (let left = reader.u32(); left > 0; left -= 1) {
      const hasTag = reader.byte() < 2;
      if (hasTag) reader.u32();
      this.#sections.target(reader.u32());
    }
    this.#sections.begin('block', start);
  }

  #branchOnCast(opcode: number, start: number): void {
    const reader = this.#reader;
    const immediates = reader.position;
    reader.byte();
    const label = reader.u32();
    reader.position = immediates;
    skipImmediates(reader, opcode, start);
    this.#sections.branch(start, [label], true);
  }
}
