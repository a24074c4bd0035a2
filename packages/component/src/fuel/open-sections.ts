import type { ByteReader } from '../decode/byte-reader.ts';
import { FUNCTION_COST } from './costs.ts';
import type { Edit, Section } from './edit.ts';

/** A block whose end is not reached yet. */
interface Block {
  readonly tag: 'block' | 'loop' | 'if';
  /** False when no code before it reaches it. */
  readonly isReachable: boolean;
  /** True when a branch goes to its label. */
  isTargeted: boolean;
  /** The sections at the ends of the arms before `else`, `catch` or `catch_all`; absent without one of them. */
  arms: (Section | undefined)[] | undefined;
  /** Of a loop: its first section, and the one before it. */
  readonly head?: Section;
  readonly before?: Section;
}

/**
 * Divides a body into sections while it is read: a section starts wherever control can arrive by a branch, and where a
 * conditional branch was not taken. Calls do not end a section. Nothing is noted of code that cannot be reached.
 *
 * Each parameter `start` is the offset of the operator.
 */
export class OpenSections {
  readonly edits: Edit[] = [];
  readonly #reader: ByteReader;
  readonly #blocks: Block[] = [];
  /** Absent when the next operator cannot be reached. */
  #open: Section | undefined;

  /** @param reader stands at the first operator of a body */
  constructor(reader: ByteReader) {
    this.#reader = reader;
    this.#open = this.#section('entry', reader.position);
    this.#open.cost = FUNCTION_COST;
    this.begin('block', reader.position);
  }

  /** True after the last `end`. */
  get isAtEnd(): boolean {
    return this.#blocks.length === 0;
  }

  /** Adds the cost of an operator to the section that it is in. */
  charge(cost: number): void {
    if (this.#open !== undefined) this.#open.cost += cost;
  }

  begin(tag: 'block' | 'if', start: number): void {
    const isReachable = this.#open !== undefined;
    this.#blocks.push({ tag, isReachable, isTargeted: false, arms: undefined });
    if (!isReachable) return;
    this.edits.push({ tag, start });
    if (tag === 'if') this.#open = this.#section('plain', this.#reader.position);
  }

  beginLoop(start: number): void {
    const before = this.#open;
    if (before === undefined) {
      this.begin('block', start);
      return;
    }
    const head = this.#section('head', start);
    this.#blocks.push({ tag: 'loop', isReachable: true, isTargeted: false, arms: undefined, head, before });
    this.#open = head;
  }

  /** Notes a branch to labels; 0 is the innermost. The reader stands behind the operator. */
  branch(start: number, labels: readonly number[], isConditional: boolean): void {
    for (const label of labels) this.target(label);
    if (this.#open === undefined) return;
    this.edits.push({ tag: 'branch', start, labels, isConditional });
    this.#open = isConditional ? this.#section('plain', this.#reader.position) : undefined;
  }

  /** Notes that control may go to a label. */
  target(label: number): void {
    const block = this.#blocks[this.#blocks.length - 1 - label];
    if (block === undefined) this.#reader.fail(`a branch goes to label ${label}, which does not exist`);
    if (this.#open !== undefined) block.isTargeted = true;
  }

  /** Notes a call, after which control goes on. */
  call(start: number): void {
    if (this.#open !== undefined) this.edits.push({ tag: 'call', start });
  }

  /** Notes an operator with an operand that says how much it does. */
  bulk(start: number, isLong: boolean): void {
    if (this.#open !== undefined) this.edits.push({ tag: 'bulk', start, isLong });
  }

  /** Notes that an operator ends the function. */
  leave(start: number): void {
    if (this.#open !== undefined) this.edits.push({ tag: 'leave', start });
    this.#open = undefined;
  }

  /** Begins the arm after `else`, `catch` or `catch_all`. */
  arm(start: number): void {
    const block = this.#blocks.at(-1)!;
    (block.arms ??= []).push(this.#open);
    if (block.isReachable) this.edits.push({ tag: 'arm', start });
    this.#open = block.isReachable ? this.#section('plain', this.#reader.position) : undefined;
  }

  end(start: number): void {
    const block = this.#blocks.pop()!;
    if (!block.isReachable) {
      this.#open = undefined;
      return;
    }
    this.edits.push({ tag: 'end', start });
    if (block.head !== undefined) {
      this.#endLoop(block.head, block);
      return;
    }
    const ends = [...(block.arms ?? []), this.#open].filter((section) => section !== undefined);
    // Without `else`, control comes from the condition, too.
    const isJoined = ends.length > 1 || (block.tag === 'if' && block.arms === undefined);
    const isTargeted = block.isTargeted && !this.isAtEnd;
    this.#open = isJoined || isTargeted ? this.#section('plain', this.#reader.position) : ends[0];
  }

  #endLoop(head: Section, { isTargeted, before }: Block): void {
    head.isRepeated = isTargeted;
    if (isTargeted) return;
    // The loop is a block, so the section before it continues in it.
    before!.cost += head.cost;
    head.cost = 0;
    if (this.#open === head) this.#open = before;
  }

  #section(tag: Section['tag'], start: number): Section {
    const section: Section = { tag, start, end: this.#reader.position, cost: 0, isRepeated: false };
    this.edits.push(section);
    return section;
  }
}
