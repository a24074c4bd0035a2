import { withoutPrototype } from '@wit-ts/model';
import type { CoreType, Definition, ExternType } from '../ast.ts';
import { DecodeError, NOT_LOADED } from '../decode-error.ts';
import type { FaultTexts } from './fault-texts.ts';
import type { IndexSpaces } from './index-spaces.ts';
import type { MismatchCollector } from './mismatch-collector.ts';
import type {
  ComponentNode,
  ComponentTypeNode,
  Entity,
  EvaluatedFunc,
  InstanceNode,
  ModuleNode,
  ResourceNode,
  EvaluatedType,
  ValueNode,
} from './nodes.ts';

/** The deepest nesting of value types. Everything that reads evaluated types may recurse this deep. */
export const MAX_TYPE_DEPTH = 100;

/** The deepest nesting of instances in the exports of instances. */
export const MAX_INSTANCE_DEPTH = 100;

/** The deepest nesting of instantiations. Each level costs several frames of the stack. */
const MAX_INSTANTIATION_DEPTH = 100;

/**
 * The most work over all instantiations, in definitions that are evaluated and parts of types that are visited. A
 * type of a thousand parts can be mentioned a thousand times. Real components need some hundreds.
 */
const MAX_STEPS = 1_000_000;

/**
 * The most of this work that evaluates definitions again, for a further instance of their component or type. The first
 * evaluation takes time and memory in proportion to the bytes of the component. Those that follow do not: a few
 * hundred bytes of nested components can ask for 2^40 instances, which take half a kilobyte each.
 */
const MAX_STEPS_AGAIN = 20_000;

/** Receives a fault: its stable code, the message, and the offset of the definition. */
type ReportFault = (code: string, message: string, offset: number) => void;

/** Thrown when the evaluation would take too long or nest too deep. */
export class TooComplex extends DecodeError {}

/** Compares types that must agree and adds every difference to a `MismatchCollector`. */
export interface TypeComparer {
  type(
    context: EvaluationContext,
    expected: EvaluatedType,
    found: EvaluatedType,
    offset: number,
    mismatch: MismatchCollector,
  ): void;
  value(context: EvaluationContext, expected: ValueNode, found: ValueNode, mismatch: MismatchCollector): void;
  func(
    context: EvaluationContext,
    expected: EvaluatedFunc,
    found: EvaluatedFunc,
    mismatch: MismatchCollector,
  ): void;
  component(
    context: EvaluationContext,
    expected: ComponentTypeNode,
    found: ComponentNode,
    offset: number,
    mismatch: MismatchCollector,
  ): void;
  module(expected: ModuleNode, found: ModuleNode, mismatch: MismatchCollector): void;
}

/**
 * Evaluates what few components have, and what the first reading of a component refuses (`RareDecoding`).
 * `rare-evaluation.ts` has it, and is loaded on demand.
 */
export interface RareEvaluation {
  /** Appends the types that the definition of a core type makes. */
  coreType(context: EvaluationContext, spaces: IndexSpaces, type: CoreType): void;
  /** Appends the value that is defined, or those that a start function returns. */
  definition(
    context: EvaluationContext,
    spaces: IndexSpaces,
    definition: Extract<Definition, { tag: 'start' | 'value' }>,
  ): void;
  /** Returns the entity that the import or the declared export of a core module or a value introduces. */
  externEntity(
    context: EvaluationContext,
    spaces: IndexSpaces,
    type: Extract<ExternType, { tag: 'core-module' | 'value' }>,
    offset: number,
  ): Entity | undefined;
}

export interface EvaluationOptions {
  /** May throw, which ends the evaluation. */
  readonly report: ReportFault;
  /**
   * Compares types that must agree; see `ComparingContext`. Without a comparer the component is taken to be valid. It
   * is given from outside because it is large, and only those who validate load it.
   */
  readonly comparer?: TypeComparer;
  /** Without them a message is only the code of the fault. */
  readonly texts?: FaultTexts | undefined;
  /** Without it the evaluation ends at a rare definition. */
  readonly rare?: RareEvaluation | undefined;
  /** The most work, in definitions and parts of types; a million by default. */
  readonly maxSteps?: number;
  /**
   * Instantiates a component. Validators and planners differ in what they take for an import: see the two functions.
   */
  readonly instantiate: Instantiate;
  /**
   * Whether an export is the exported entity itself, and the type that is ascribed to it is ignored. A planner follows
   * the entities that exist at run time; a validator may use only the ascribed type.
   */
  readonly ignoresAscriptions?: boolean;
}

/** The arguments of an instantiation, by name. An argument without a value is faulty. */
export type Arguments = ReadonlyMap<string, Entity | undefined>;

/** Instantiates a component with arguments. */
type Instantiate = (
  context: EvaluationContext,
  component: ComponentNode,
  args: Arguments,
  offset: number,
) => InstanceNode;

/** Functions that return the messages of faults, by code. */
type MessagesByCode = Readonly<Record<string, (...details: never[]) => string>>;

/** Returns the message of a fault, which is only its code when the texts are not loaded. */
export function faultText<Texts extends MessagesByCode, Code extends keyof Texts & string>(
  texts: Texts | undefined,
  code: Code,
  details: Parameters<Texts[Code]>,
): string {
  return texts?.[code]?.(...(details as never[])) ?? `the component is not valid: ${code}`;
}

/**
 * The state that the functions of one evaluation share: the receiver of faults, the comparison of types, and the limits
 * of work and depth.
 */
export class EvaluationContext {
  readonly options: EvaluationOptions;
  /** Whether faults are silenced. */
  readonly isSilent: boolean = false;
  readonly #maxSteps: number;
  #steps = 0;
  #stepsAgain = 0;
  /** Whether the definitions that are evaluated have been evaluated before. */
  #isAgain = false;
  /** What has been evaluated before: lists of definitions or declarations. */
  readonly #evaluated = new WeakSet<object>();
  #offset = 0;
  #depth = 0;
  #resources = 0;

  constructor(options: EvaluationOptions) {
    this.options = withoutPrototype(options);
    this.#maxSteps = this.options.maxSteps ?? MAX_STEPS;
  }

  /** Reports a fault that the evaluation itself finds. */
  fault<Code extends keyof FaultTexts>(
    code: Code,
    offset: number,
    ...details: Parameters<FaultTexts[Code]>
  ): void {
    this.report(code, faultText(this.options.texts, code, details), offset);
  }

  report(code: string, message: string, offset: number): void {
    this.options.report(code, message, offset);
  }

  /** Returns what evaluates rare definitions. @throws DecodeError when it is not loaded */
  forRareDefinition(): RareEvaluation {
    const { rare } = this.options;
    if (rare === undefined) throw new DecodeError(NOT_LOADED, this.#offset);
    return rare;
  }

  /** Returns a resource type that is different from all others. @param definition absent for an abstract resource */
  newResource(definition?: ResourceNode['definition']): ResourceNode {
    this.#resources += 1;
    return { tag: 'resource', id: this.#resources, model: { kind: { tag: 'resource' } }, definition };
  }

  /** Counts a definition with its number of parts. */
  step(offset: number, parts: number): void {
    this.#offset = offset;
    this.spend(1 + parts);
  }

  /** Counts work on the definition that was counted last. */
  spend(work: number): void {
    this.#steps += work;
    if (this.#isAgain) this.#stepsAgain += work;
    if (this.#steps > this.#maxSteps) throw this.tooComplex('too-complex', this.#maxSteps, this.#offset);
    if (this.#stepsAgain > MAX_STEPS_AGAIN)
      throw this.tooComplex('too-complex', MAX_STEPS_AGAIN, this.#offset);
  }

  tooComplex(
    code: 'too-complex' | 'instantiations-too-deep' | 'instances-too-deep',
    most: number,
    offset: number,
  ): TooComplex {
    return new TooComplex(faultText(this.options.texts, code, [most]), offset);
  }

  /** Runs one instantiation. @param definitions what it evaluates */
  nested<T>(offset: number, definitions: object, run: () => T): T {
    if (this.#depth >= MAX_INSTANTIATION_DEPTH) {
      throw this.tooComplex('instantiations-too-deep', MAX_INSTANTIATION_DEPTH, offset);
    }
    const around = this.#isAgain;
    this.#isAgain = this.#evaluated.has(definitions);
    this.#evaluated.add(definitions);
    this.#depth += 1;
    try {
      return run();
    } finally {
      this.#depth -= 1;
      this.#isAgain = around;
    }
  }

  /** Evaluates again what `ComparingContext` has checked before. Here faults are reported as anywhere else. */
  // oxlint-disable-next-line class-methods-use-this
  quietly<T>(run: () => T): T {
    return run();
  }
}
