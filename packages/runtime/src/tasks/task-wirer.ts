import { type FlatSpec, type FuncType, mentionsWaitables, type MoveSpec, taskSignatureOf } from '@wit-ts/abi';
import type { CoreSignature } from '@wit-ts/concurrency';
import type { Param, Type } from '@wit-ts/model';
import { MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from '@wit-ts/model/layout';
import type { Plan, PlanLift, PlanOptions, Trampoline } from '@wit-ts/plan';
import type { FunctionWirer, LiftUse } from '../wiring/wire-functions.ts';
import type { Lower } from '../wiring/wire.ts';
import type { Suspension } from '../suspend/suspension.ts';
import type { HostTask, TaskBuiltin, TaskLift, TaskLower } from '../wiring/wiring.ts';
import { type BlockingCode, blockingOf, reaching } from '@wit-ts/plan/may-block';

/** Returns what decides how the functions of a component with tasks are made. */
export function taskWirer(plan: Plan, suspension?: Suspension): TaskWirer {
  return new TaskWirer(plan, suspension);
}

/**
 * Decides which functions of a component may have to wait, and how their values pass. All other functions are made as
 * in components without tasks.
 */
export class TaskWirer {
  readonly #plan: Plan;
  readonly #suspension: Suspension | undefined;
  readonly #blocking: BlockingCode;
  /** Whether code of a component instance can call an import that suspends it. */
  readonly #reaches: readonly boolean[];

  constructor(plan: Plan, suspension: Suspension | undefined) {
    this.#plan = plan;
    this.#suspension = suspension;
    this.#blocking = blockingOf(plan, suspension?.imports);
    this.#reaches = suspension === undefined ? [] : reaching(plan, suspension.imports);
  }

  /** Returns nothing for a function that an engine lifts. @param name the function in messages */
  lift(lift: PlanLift, use: LiftUse, name: string): TaskLift | undefined {
    const { type, options } = lift;
    const reaches = this.#reaches[lift.instance] === true;
    const isPromised = use !== 'component' && this.#suspension?.isPromised(name, reaches) === true;
    if (!isPromised && !this.#isTask(lift)) return undefined;
    const call = use === 'method' ? 'method' : 'function';
    const shared = { options: options.canonical, name, call, peer: 'host' } as const;
    const resultFlat = options.canonical.async ? MAX_FLAT_PARAMS : MAX_FLAT_RESULTS;
    return {
      isMethod: use === 'method',
      values:
        use === 'component'
          ? undefined
          : {
              args: { ...shared, params: type.params, maxFlat: MAX_FLAT_PARAMS },
              result: { ...shared, params: resultOf(type.result), what: 'result', maxFlat: resultFlat },
            },
      signature: this.signature(lift),
      mayBlock: this.#blocking.mayBlock[lift.instance]!,
      isPromised,
    };
  }

  /** The type of the core function that a lift calls. */
  // oxlint-disable-next-line class-methods-use-this -- it is loaded with the tasks
  signature({ options, type }: PlanLift): CoreSignature {
    return taskSignatureOf(options.canonical, type, 'lift');
  }

  /** Returns the type of a function of the host that is exported as it was imported. It may return a promise. */
  passedOn(type: FuncType, index: number, name: string): FuncType {
    const suspension = this.#suspension;
    const isPromised = suspension?.isPromised(name, suspension.imports.has(index)) === true;
    return isPromised ? { ...type, async: true } : type;
  }

  #isTask({ type, options, instance }: PlanLift): boolean {
    return (
      type.async || options.canonical.async || this.#blocking.mayBlock[instance]! || mentionsWaitables(type)
    );
  }

  /** Returns nothing for a call that an engine makes. */
  hostCall({ type, options, func }: Lower, index: number, name: string): HostTask | undefined {
    const suspends = func.tag === 'import' && this.#suspension?.imports.has(func.import) === true;
    if (!suspends && !type.async && !mentionsWaitables(type)) return undefined;
    const { canonical } = options;
    const shared = { options: canonical, name, peer: 'host' } as const;
    return {
      suspends,
      args: { ...shared, params: type.params, maxFlat: mostParams(options) },
      result: { ...shared, params: resultOf(type.result), what: 'result', maxFlat: mostResults(options) },
      ...this.#lowered(type, options, index),
    };
  }

  /** Returns nothing for a call that an engine makes. */
  componentCall({ type, options, func }: Lower, index: number): TaskLower<MoveSpec> | undefined {
    const lift = this.#plan.lifts[func.tag === 'lift' ? func.index : -1]!;
    if (!this.#isTask(lift) && !options.canonical.async) return undefined;
    const { name } = lift;
    const [caller, callee] = [options.canonical, lift.options.canonical];
    return {
      args: {
        name,
        params: type.params,
        from: caller,
        fromMaxFlat: mostParams(options),
        to: callee,
        toMaxFlat: MAX_FLAT_PARAMS,
      },
      result: {
        name,
        params: resultOf(type.result),
        what: 'result',
        from: callee,
        fromMaxFlat: callee.async ? MAX_FLAT_PARAMS : MAX_FLAT_RESULTS,
        to: caller,
        toMaxFlat: mostResults(options),
      },
      ...this.#lowered(type, options, index),
    };
  }

  #lowered(
    type: Lower['type'],
    { canonical }: PlanOptions,
    index: number,
  ): Pick<TaskLower<FlatSpec>, 'isAsync' | 'signature' | 'waits'> {
    return {
      isAsync: canonical.async,
      signature: taskSignatureOf(canonical, type, 'lower'),
      waits: this.#blocking.waits[index]!,
    };
  }

  builtin(
    builtin: Extract<Trampoline, { tag: 'builtin' }>,
    index: number,
    functions: FunctionWirer,
  ): TaskBuiltin {
    const { options = NO_OPTIONS, instance } = builtin;
    return {
      tag: 'task-builtin',
      builtin,
      options: functions.options(options, instance),
      instance,
      waits: this.#blocking.waits[index]!,
      message: messageSpec(builtin),
    };
  }
}

/** Error contexts have a message, which passes as a string. */
function messageSpec({ canon, options }: Extract<Trampoline, { tag: 'builtin' }>): FlatSpec | undefined {
  const params = [{ name: 'message', type: 'string' }] as const;
  switch (canon.tag) {
    case 'error-context.new':
      return { params, options: options!.canonical, name: canon.tag, peer: 'host', maxFlat: 2 };
    case 'error-context.debug-message':
      return {
        params,
        options: options!.canonical,
        name: canon.tag,
        peer: 'host',
        what: 'result',
        maxFlat: 0,
      };
    default:
      return undefined;
  }
}

const NO_OPTIONS: PlanOptions = {
  canonical: { stringEncoding: 'utf8', realloc: false, postReturn: false, async: false, callback: false },
};

function mostParams({ canonical }: PlanOptions): number {
  return canonical.async ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS;
}

function mostResults({ canonical }: PlanOptions): number {
  return canonical.async ? 0 : MAX_FLAT_RESULTS;
}

function resultOf(type: Type | undefined): readonly Param[] {
  return type === undefined ? [] : [{ name: 'result', type }];
}
