import type { CodeWriter } from './code-writer.ts';

/** The indices of what is added to a module, for the code that is added to its bodies. */
export interface Additions {
  /** The global that holds how much may still be charged. */
  readonly counter: number;
  /** The functions of `added-functions.ts`. */
  readonly empty: number;
  readonly bulk: number;
  readonly longBulk: number;
}

/** What holds the counter's value: the global that all core modules share, or a local that is added to a body. */
export type Holder = 'global' | 'local';

const I64_CONST = 0x42;

/** Writes the charges of one body. */
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

  /** `to = from - cost` */
  plain(cost: number, from: Holder, to: Holder): void {
    this.#subtract(cost, from);
    if (to === 'local') this.#held(0x21);
    else this.#counter(0x24);
  }

  /** `local = global = from - cost; if (local < 0) empty(cost)` */
  tested(cost: number, from: Holder): void {
    const out = this.#out;
    this.#subtract(cost, from);
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

  /** `local = global` */
  load(): void {
    this.#counter(0x23);
    this.#held(0x21);
  }

  /** `global = local` */
  store(): void {
    this.#held(0x20);
    this.#counter(0x24);
  }

  /** Charges what is at the top of the stack, and leaves it there. The global must hold the counter's value. */
  bulk(isLong: boolean): void {
    this.#out.byte(0x10);
    this.#out.unsigned(isLong ? this.#added.longBulk : this.#added.bulk);
  }

  #subtract(cost: number, from: Holder): void {
    if (from === 'local') this.#held(0x20);
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
