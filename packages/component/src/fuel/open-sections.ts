import type { ByteReader } from '../decode/byte-reader.ts';
import { FUNCTION_COST } from './costs.ts';
import type { Edit, Region, Section } from './edit.ts';

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
 * conditional branch was not taken. Calls do not end a section. No section starts in code that cannot be reached.
 */
export class OpenSections {
  readonly edits: Edit[] = [];
  readonly #reader: ByteReader;
  readonly #blocks: Block[] = [];
  #region: Region = { parent: undefined, isRepeated: true, hasCall: false };
  /** Absent when the next operator cannot be reached. */
  #open: Section | undefined;

  /** @param reader stands at the first operator of a body */
  constructor(reader: ByteReader) {
    this.#reader = reader;
    this.#open = this.#section('entry', reader.position);
    this.#open.cost = FUNCTION_COST;
    this.begin('block');
  }

  /** True after the last `end`. */
  get isAtEnd(): boolean {
    return this.#blocks.length === 0;
  }

  get isReachable(): boolean {
    return this.#open !== undefined;
  }

  /** Adds the cost of an operator to the section that it is in. */
  charge(cost: number): void {
    if (this.#open !== undefined) this.#open.cost += cost;
  }

  /** Begins a new section, if its start can be reached. */
  next(): void {
    if (this.#open !== undefined) this.#open = this.#section('plain', this.#reader.position);
  }

  /** Ends the section: control does not reach the next operator. */
  close(): void {
    this.#open = undefined;
  }

  begin(tag: 'block' | 'if'): void {
    this.#blocks.push({ tag, isReachable: this.isReachable, isTargeted: false, arms: undefined });
  }

  /** @param start where the operator `loop` starts */
  beginLoop(start: number): void {
    const before = this.#open;
    if (before === undefined) {
      this.begin('block');
      return;
    }
    this.#region = { parent: this.#region, isRepeated: false, hasCall: false };
    const head = this.#section('head', start);
    this.#blocks.push({ tag: 'loop', isReachable: true, isTargeted: false, arms: undefined, head, before });
    this.#open = head;
  }

  /** Notes a branch to a label; 0 is the innermost. */
  branch(label: number): void {
    const block = this.#blocks[this.#blocks.length - 1 - label];
    if (block === undefined) this.#reader.fail(`a branch goes to label ${label}, which does not exist`);
    if (this.#open !== undefined) block.isTargeted = true;
  }

  /** Notes that the counter may change here. */
  call(): void {
    if (this.#open === undefined) return;
    for (let at: Region | undefined = this.#region; at !== undefined && !at.hasCall; at = at.parent)
      at.hasCall = true;
  }

  /** Begins the arm after `else`, `catch` or `catch_all`. */
  arm(): void {
    const block = this.#blocks.at(-1)!;
    (block.arms ??= []).push(this.#open);
    this.#open = block.isReachable ? this.#section('plain', this.#reader.position) : undefined;
  }

  end(): void {
    const block = this.#blocks.pop()!;
    if (block.head !== undefined) {
      this.#endLoop(block.head, block);
      return;
    }
    if (!block.isReachable) {
      this.#open = undefined;
      return;
    }
    const ends = [...(block.arms ?? []), this.#open].filter((section) => section !== undefined);
    // Without `else`, control comes from the condition, too.
    const isJoined = ends.length > 1 || (block.tag === 'if' && block.arms === undefined);
    const isTargeted = block.isTargeted && !this.isAtEnd;
    this.#open = isJoined || isTargeted ? this.#section('plain', this.#reader.position) : ends[0];
  }

  #endLoop(head: Section, { isTargeted, before }: Block): void {
    head.region.isRepeated = isTargeted;
    this.#region = head.region.parent!;
    if (isTargeted) return;
    // The loop is a block, so the section before it continues in it.
    before!.cost += head.cost;
    head.cost = 0;
    if (this.#open === head) this.#open = before;
  }

  #section(tag: Section['tag'], start: number): Section {
    const section: Section = { tag, start, end: this.#reader.position, region: this.#region, cost: 0 };
    this.edits.push(section);
    return section;
  }
}
