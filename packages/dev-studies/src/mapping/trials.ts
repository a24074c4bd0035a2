import { isDeepStrictEqual } from 'node:util';
import type { FuncType } from '@wit-ts/abi';
import { compileEngine } from '@wit-ts/abi/compile';
import { referenceEngine } from '@wit-ts/abi/reference';
import type { Random } from '@wit-ts/dev-support/random';
import type { MappingChoices } from '@wit-ts/mapping';
import { shapeOf, typeText, type Type } from '@wit-ts/model';
import { literalOf } from './literals.ts';
import { PassThrough, type TrialOutcome, type Passed, type Refused } from './pass-through.ts';
import { UNKNOWN, ValueDrawer, type Drawn } from './values.ts';

/** Where a function has a value. */
type ValuePosition = 'argument' | 'returned' | 'thrown';

/** A value beside the declaration of its position, for the compiler to judge. */
export interface Trial {
  readonly func: string;
  readonly position: ValuePosition;
  /** The WIT type, for messages. */
  readonly type: string;
  /** The value as an expression. */
  readonly literal: string;
  /**
   * `lifted`: an engine gave it. `documented`: it has the form that the mapping documents, with properties left out
   * that may be. `accepted`: it has another form that the mapping documents for values of a host. `drawn`: parts of it
   * may have any form. `wrong`: no declaration may allow it.
   */
  readonly kind: 'lifted' | 'documented' | 'accepted' | 'drawn' | 'wrong';
  /** Whether the engines lowered it, and lifted what it stands for. */
  readonly isLowered: boolean;
  /** A fault that was found without the compiler, if there is one. */
  readonly problem: string | undefined;
}

const CANONICAL_VALUES = 2;
const OTHER_VALUES = 6;
/** One part in so many has another form than lifting gives. */
const ODDITY = 12;

/** Tries random values of a function's types with both engines. */
export function trialsOf(
  name: string,
  type: FuncType,
  random: Random,
  choices: MappingChoices,
): readonly Trial[] {
  return new FunctionTrials(name, type, random, choices).run();
}

class FunctionTrials {
  readonly #name: string;
  readonly #param: Type;
  readonly #result: Type;
  readonly #random: Random;
  readonly #choices: MappingChoices;
  readonly #engines: readonly PassThrough[];
  readonly #trials: Trial[] = [];

  constructor(name: string, type: FuncType, random: Random, choices: MappingChoices) {
    this.#name = name;
    this.#param = type.params[0]!.type;
    this.#result = type.result!;
    this.#random = random;
    this.#choices = choices;
    this.#engines = [compileEngine, referenceEngine].map((engine) => new PassThrough(engine, type, choices));
  }

  run(): readonly Trial[] {
    const canonical = new ValueDrawer(this.#random, this.#choices, 0);
    const other = new ValueDrawer(this.#random, this.#choices, ODDITY);
    for (let index = 0; index < CANONICAL_VALUES; index += 1) {
      this.#liftedTrials(canonical.draw(this.#param), this.#outcome(canonical));
    }
    const host = ValueDrawer.ofHost(this.#random, this.#choices);
    for (let index = 0; index < OTHER_VALUES; index += 1) {
      this.#acceptedTrial(canonical.draw(this.#param), this.#outcome(host));
      this.#drawnTrial('argument', other.draw(this.#param), this.#outcome(canonical));
      const outcome = this.#outcome(other);
      this.#drawnTrial(outcome.position, canonical.draw(this.#param), outcome);
    }
    for (const position of ['argument', this.#outcome(canonical).position] as const) {
      this.#add(position, 'wrong', 'Symbol()', false, undefined);
    }
    return this.#trials;
  }

  /** What a function returns, or throws for the `err` of its result. */
  #outcome(drawer: ValueDrawer): Drawn & { readonly position: 'returned' | 'thrown' } {
    const shape = shapeOf(this.#result);
    if (typeof shape === 'string' || shape.tag !== 'result' || this.#choices.results === 'value')
      return { position: 'returned', ...drawer.draw(this.#result) };
    const isOk = this.#random.oneIn(2);
    const payload = isOk ? shape.ok : shape.err;
    const drawn = payload === undefined ? { value: undefined, meaning: undefined } : drawer.draw(payload);
    return { position: isOk ? 'returned' : 'thrown', ...drawn };
  }

  /** Values in the documented form: they are declared, lowered and lifted, and what is lifted is declared. */
  #liftedTrials(argument: Drawn, outcome: Drawn & { readonly position: 'returned' | 'thrown' }): void {
    this.#add('argument', 'documented', literalOf(argument.value), true, undefined);
    this.#add(outcome.position, 'documented', literalOf(outcome.value), true, undefined);
    for (const answer of this.#call(argument, outcome)) {
      if ('refused' in answer) {
        this.#add('argument', 'lifted', literalOf(argument.value), false, `refused: ${answer.refused}`);
        continue;
      }
      const received = valueOf(answer.outcome);
      this.#add(
        'argument',
        'lifted',
        literalOf(answer.argument),
        true,
        changed(answer.argument, argument.meaning),
      );
      this.#add(outcome.position, 'lifted', literalOf(received), true, changed(received, outcome.meaning));
    }
  }

  /**
   * A value that a host may return is declared, lowered, and lifted as what it stands for. The payload of an error is
   * declared in documentation only, with the type that lifting gives.
   */
  #acceptedTrial(argument: Drawn, outcome: Drawn & { readonly position: 'returned' | 'thrown' }): void {
    if (outcome.position === 'thrown') return;
    for (const answer of this.#call(argument, outcome)) {
      const problem =
        'refused' in answer
          ? `refused: ${answer.refused}`
          : changed(valueOf(answer.outcome), outcome.meaning);
      this.#add(outcome.position, 'accepted', literalOf(outcome.value), !('refused' in answer), problem);
    }
  }

  /** One of the two values may have any form. */
  #drawnTrial(
    position: ValuePosition,
    argument: Drawn,
    outcome: Drawn & { readonly position: 'returned' | 'thrown' },
  ): void {
    const drawn = position === 'argument' ? argument : outcome;
    const answers = this.#call(argument, outcome).map((answer) => outcomeAt(answer, position));
    const [first, second] = answers;
    const isLowered = answers.every((answer) => answer !== undefined);
    const wrong = isLowered && drawn.meaning !== UNKNOWN ? changed(first?.value, drawn.meaning) : undefined;
    const problem = isDeepStrictEqual(first, second)
      ? wrong
      : `the engines differ: ${answers.map((answer) => (answer === undefined ? 'refused' : literalOf(answer.value))).join(' and ')}`;
    this.#add(position, 'drawn', literalOf(drawn.value), isLowered, problem);
  }

  #call(
    argument: Drawn,
    { position, value }: Drawn & { readonly position: 'returned' | 'thrown' },
  ): (Passed | Refused)[] {
    const outcome: TrialOutcome =
      position === 'returned' ? { tag: 'returned', value } : { tag: 'thrown', payload: value };
    return this.#engines.map((engine) => engine.call(argument.value, outcome));
  }

  #add(
    position: ValuePosition,
    kind: Trial['kind'],
    literal: string,
    isLowered: boolean,
    problem: string | undefined,
  ): void {
    const type = typeText(position === 'argument' ? this.#param : this.#result);
    this.#trials.push({ func: this.#name, position, type, kind, literal, isLowered, problem });
  }
}

function valueOf(outcome: TrialOutcome): unknown {
  return outcome.tag === 'returned' ? outcome.value : outcome.payload;
}

/** The value that came out for the one that is looked at; nothing if it was refused. */
function outcomeAt(
  answer: Passed | Refused,
  position: ValuePosition,
): { readonly value: unknown } | undefined {
  if ('refused' in answer) return undefined;
  return { value: position === 'argument' ? answer.argument : valueOf(answer.outcome) };
}

function changed(value: unknown, meaning: unknown): string | undefined {
  return isDeepStrictEqual(value, meaning)
    ? undefined
    : `it became ${literalOf(value)}, and stands for ${literalOf(meaning)}`;
}
