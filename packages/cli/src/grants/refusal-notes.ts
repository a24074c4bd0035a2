import { printableLine } from '@wit-ts/diagnostics';
import { type Refusal, refusalText } from '@wit-ts/wasi/run';
import type { CommandContext } from '../command-context.ts';

/** A program may ask for new things without end. */
const MOST_REFUSALS = 1000;

/** Prints what a program was refused, each thing once, and keeps it for a report. */
export class RefusalNotes {
  readonly #context: CommandContext;
  readonly #refusals = new Map<string, Refusal>();

  constructor(context: CommandContext) {
    this.#context = context;
  }

  get all(): readonly Refusal[] {
    return [...this.#refusals.values()];
  }

  /** Returns whether it is new. */
  readonly add = (refusal: Refusal): boolean => {
    const text = refusalText(refusal);
    if (this.#refusals.has(text) || this.#refusals.size === MOST_REFUSALS) return false;
    this.#refusals.set(text, refusal);
    this.#context.note(`refused: ${printableLine(text)}`);
    return true;
  };
}
