import type { Charges, Holder } from './charges.ts';
import type { Edit } from './edit.ts';

/** Where the counter's value is: in the global only, in the local only, or in both. */
type Place = Holder | 'both';

/** A block whose end is not reached yet. */
interface Block {
  readonly tag: 'body' | 'block' | 'loop' | 'if';
  /** Where the value is at the start. */
  readonly start: Place;
  hasElse: boolean;
  /** Where the value is at the end for the control that has come there so far: never in the global only. */
  end: Place | undefined;
}

/**
 * Adds charges to a body. A local takes them, so that most are a subtraction in a register. The global gets them at
 * tests, before calls, and when the function ends; after a call the local gets the new value when it is needed.
 *
 * Everything that is added leaves the stack as it is, so it can stand before any operator.
 */
export class BodyCounter {
  readonly #charges: Charges;
  /** False when all charges are made in the global. */
  readonly #isHeld: boolean;
  readonly #blocks: Block[] = [];
  /** Absent when control does not come here. */
  #place: Place | undefined = 'global';

  constructor(charges: Charges, edits: readonly Edit[], hasHandlers: boolean) {
    this.#charges = charges;
    // An exception comes from a place where the local has another value. Without a charge behind the first, there is
    // nothing to hold.
    this.#isHeld = !hasHandlers && edits.some(isLaterCharge);
  }

  /** Adds what must stand before an operator, or at the start of a section. */
  before(edit: Edit): void {
    switch (edit.tag) {
      case 'global':
        return;
      case 'entry':
        this.#charges.tested(edit.cost, 'global');
        this.#place = 'both';
        return;
      case 'plain':
        this.#plain(edit.cost);
        return;
      case 'head':
        if (edit.isRepeated) this.#load();
        this.#begin('loop');
        return;
      case 'bulk':
        this.#store();
        this.#charges.bulk(edit.isLong);
        this.#place = 'global';
        return;
      case 'call':
        this.#store();
        this.#place = 'global';
        return;
      case 'leave':
        this.#store();
        this.#place = undefined;
        return;
      case 'branch':
        this.#branch(edit.labels);
        if (!edit.isConditional) this.#place = undefined;
        return;
      case 'block':
        this.#begin(this.#blocks.length === 0 ? 'body' : 'block');
        return;
      case 'if':
        this.#load();
        this.#begin('if');
        return;
      case 'arm':
        this.#arm();
        return;
      case 'end':
        this.#end();
        return;
    }
  }

  /** Adds the charge of a loop that is repeated, behind the operator `loop`. */
  inLoop(cost: number): void {
    this.#charges.tested(cost, this.#isHeld ? 'local' : 'global');
    this.#place = 'both';
  }

  #plain(cost: number): void {
    if (cost === 0) return;
    if (!this.#isHeld) {
      this.#charges.plain(cost, 'global', 'global');
      return;
    }
    this.#charges.plain(cost, this.#place === 'global' ? 'global' : 'local', 'local');
    this.#place = 'local';
  }

  /** Puts the value into the local. */
  #load(): void {
    if (!this.#isHeld || this.#place !== 'global') return;
    this.#charges.load();
    this.#place = 'both';
  }

  /** Puts the value into the global. */
  #store(): void {
    if (!this.#isHeld || this.#place !== 'local') return;
    this.#charges.store();
    this.#place = 'both';
  }

  #begin(tag: Block['tag']): void {
    this.#blocks.push({ tag, start: this.#place!, hasElse: false, end: undefined });
  }

  #branch(labels: readonly number[]): void {
    const body = this.#blocks.length - 1;
    // Nothing can be added behind the end of the body.
    if (labels.includes(body)) this.#store();
    if (labels.some((label) => label !== body)) this.#load();
    for (const label of labels) this.#arrive(this.#blocks[body - label]!, this.#place!);
  }

  #arrive(block: Block, place: Place): void {
    block.end = block.end === 'local' || place === 'local' ? 'local' : 'both';
  }

  #arm(): void {
    const block = this.#blocks.at(-1)!;
    if (this.#place !== undefined) {
      this.#load();
      this.#arrive(block, this.#place);
    }
    block.hasElse = true;
    this.#place = block.start;
  }

  #end(): void {
    const block = this.#blocks.pop()!;
    if (block.tag === 'body') {
      this.#store();
      return;
    }
    // Branches to a loop go to its start.
    if (block.tag === 'loop') return;
    if (block.tag === 'if' && !block.hasElse) this.#arrive(block, block.start);
    if (block.end === undefined) return;
    if (this.#place !== undefined) {
      this.#load();
      this.#arrive(block, this.#place);
    }
    this.#place = block.end;
  }
}

function isLaterCharge(edit: Edit): boolean {
  return (edit.tag === 'plain' && edit.cost > 0) || (edit.tag === 'head' && edit.isRepeated);
}
