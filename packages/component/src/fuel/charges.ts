import type { CodeWriter } from './code-writer.ts';
import { isHeldInLocal, type Section } from './edit.ts';

/** The indices of what is added to a module, for the code that is added to its bodies. */
export interface Additions {
  /** The global that holds how much may still be charged. */
  readonly counter: number;
  /** The functions of `added-functions.ts`. */
  readonly empty: number;
  readonly bulk: number;
  readonly longBulk: number;
}

const I64_CONST = 0x42;

/** Writes the charges of one body. They use a local that is added to it. */
export class Charges {
  readonly #out: CodeWriter;
  readonly #added: Additions;
  readonly #local: number;

  /** @param local the index of an added local of type `i64` */
  constructor(out: CodeWriter, added: Additions, local: number) {
    this.#out = out;
    this.#added = added;
    this.#local = local;
  }

  /** `counter = counter - cost` */
  plain({ cost, region }: Section): void {
    if (cost === 0) return;
    const isHeld = isHeldInLocal(region);
    this.#subtract(cost, isHeld);
    if (isHeld) this.#held(0x22);
    this.#counter(0x24);
  }

  /** `counter = counter - cost; if (counter < 0) empty(cost)` */
  tested({ tag, cost, region }: Section): void {
    const out = this.#out;
    this.#subtract(cost, tag === 'head' && isHeldInLocal(region));
    this.#held(0x22);
    this.#counter(0x24);
    this.#held(0x20);
    out.byte(I64_CONST);
    out.byte(0);
    out.byte(0x53); // i64.lt_s
    out.byte(0x04);
    out.byte(0x40);
    out.byte(I64_CONST);
    out.signed(cost);
    out.byte(0x10);
    out.unsigned(this.#added.empty);
    out.byte(0x00);
    out.byte(0x0b);
  }

  /** Puts the counter into the local before a loop in which the local holds it. */
  load(): void {
    this.#counter(0x23);
    this.#held(0x21);
  }

  /** Charges what is at the top of the stack, and leaves it there. */
  bulk(isLong: boolean): void {
    this.#out.byte(0x10);
    this.#out.unsigned(isLong ? this.#added.longBulk : this.#added.bulk);
  }

  #subtract(cost: number, isHeld: boolean): void {
    if (isHeld) this.#held(0x20);
    else this.#counter(0x23);
    this.#out.byte(I64_CONST);
    this.#out.signed(cost);
    this.#out.byte(0x7d); // i64.sub
  }

  /** `global.get` (0x23) or `global.set` (0x24) */
  #counter(opcode: number): void {
    this.#out.byte(opcode);
    this.#out.unsigned(this.#added.counter);
  }

  /** `local.get` (0x20), `local.set` (0x21) or `local.tee` (0x22) */
  #held(opcode: number): void {
    this.#out.byte(opcode);
    this.#out.unsigned(this.#local);
  }
}
