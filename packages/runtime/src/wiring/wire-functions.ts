import {
  type CanonicalOptions,
  type coreSignatureOf,
  type LiftSpec,
  type LowerSpec,
  mentionedTypes,
  resourcesOf,
} from '@wit-ts/abi';
import type { CoreSignature } from '@wit-ts/concurrency';
import type { Type, TypeDef } from '@wit-ts/model';
import type { CoreRef, FuncRef, Plan, PlanLift, PlanOptions } from '@wit-ts/plan';
import { importSitesOf } from '../import-sites.ts';
import type { TaskWirer } from '../tasks/task-wirer.ts';
import type { CleanupFunction, FunctionWiring, LiftedFunction, OptionsWiring } from './wiring.ts';

/** How a lifted function is used: by the host as a function or as a method of a resource, or by another component. */
export type LiftUse = 'function' | 'method' | 'component';

/** Decides how component functions are made, and lists each of their uses once. */
export class FunctionWirer {
  readonly list: FunctionWiring[] = [];
  readonly #plan: Plan;
  readonly #tasks: TaskWirer | undefined;
  readonly #flagged: ReadonlySet<number>;
  readonly #forwards: boolean;
  readonly #signatureOf: typeof coreSignatureOf | undefined;
  readonly #known = new Map<string, number>();
  readonly #resources: ReadonlyMap<TypeDef, number>;

  constructor(
    plan: Plan,
    options: {
      /** Present when the component has tasks. */
      readonly tasks: TaskWirer | undefined;
      readonly flagged: ReadonlySet<number>;
      readonly forwards: boolean;
      /** Present when components inside call each other: only their functions may need a signature. */
      readonly signatureOf: typeof coreSignatureOf | undefined;
    },
  ) {
    this.#plan = plan;
    this.#tasks = options.tasks;
    this.#flagged = options.flagged;
    this.#forwards = options.forwards;
    this.#signatureOf = options.signatureOf;
    this.#resources = new Map(plan.resources.map(({ type }, index) => [type, index]));
  }

  /** The index of an exported function in the list. @param name what messages call it */
  exported(ref: FuncRef, use: LiftUse, name: string): number {
    return ref.tag === 'lift' ? this.lifted(ref.index, use, name) : this.#passedOn(ref.import, name);
  }

  /**
   * The index of a lifted function in the list. The name is a part of messages, and one lift may be used under
   * several.
   */
  lifted(index: number, use: LiftUse, name: string): number {
    return this.#once(`${index} ${use} ${name}`, () => {
      const lift = this.#plan.lifts[index]!;
      const task = this.#tasks?.lift(lift, use, name);
      return {
        tag: 'lifted',
        lift: index,
        name,
        spec: task ? undefined : liftSpec(lift, use, name),
        task,
        ...this.core(lift),
        options: this.options(lift.options, lift.instance),
        instance: lift.instance,
        resources: task ? [] : this.resources(mentionedTypes(lift.type)),
      };
    });
  }

  #passedOn(index: number, name: string): number {
    return this.#once(`import ${index} ${name}`, () => {
      const { item } = this.#plan.imports[index]!;
      const own = item.tag === 'func' ? item.type : { params: [], async: false };
      const type = this.#tasks?.passedOn(own, index, name) ?? own;
      return {
        tag: 'passed-on',
        import: index,
        name,
        type,
        style: callStyle(this.#plan, index),
        resources: this.resources(mentionedTypes(type)),
      };
    });
  }

  #once(key: string, make: () => FunctionWiring): number {
    let index = this.#known.get(key);
    if (index === undefined) {
      index = this.list.push(make()) - 1;
      this.#known.set(key, index);
    }
    return index;
  }

  /** The core function that a lift calls, and the post-return function that is called after it. */
  core(lift: PlanLift): Pick<LiftedFunction, 'core' | 'postReturn'> {
    const { core, options, type, instance } = lift;
    const { canonical, callback, postReturn } = options;
    const signature = (): CoreSignature =>
      this.#tasks?.signature(lift) ?? this.#signatureOf!(canonical, type, 'lift');
    const isForwarded = core.tag === 'trampoline' && this.#forwards;
    return {
      core: { core, through: isForwarded ? signature() : undefined, callback },
      postReturn:
        postReturn &&
        this.cleanup(postReturn, instance, () => ({ params: signature().results, results: [] })),
    };
  }

  options({ canonical, memory, realloc }: PlanOptions, instance: number): OptionsWiring {
    return { memory, realloc: realloc && this.cleanup(realloc, instance, () => reallocType(canonical)) };
  }

  /** @param instance the component instance whose flag is set while the function runs, if it has one */
  cleanup(core: CoreRef, instance?: number, signature?: () => CoreSignature): CleanupFunction {
    const isFlagged = instance !== undefined && this.#flagged.has(instance);
    return { core, flagged: isFlagged ? signature?.() : undefined };
  }

  /** The indices of the resource types that types mention, in the order in which an engine expects them. */
  resources(types: readonly Type[]): readonly number[] {
    return resourcesOf(types).map((type) => this.#resources.get(type)!);
  }
}

function reallocType({ memory: address = 'i32' }: CanonicalOptions): CoreSignature {
  return { params: [address, address, address, address], results: [address] };
}

function liftSpec({ type, options }: PlanLift, use: LiftUse, name: string): LiftSpec {
  return {
    type,
    options: options.canonical,
    name,
    call: use === 'method' ? 'method' : 'function',
    peer: use === 'component' ? 'component' : 'host',
  };
}

/** How a function of the host is called. */
export function callStyle({ imports }: Plan, index: number): LowerSpec['call'] {
  const { style, keys } = importSitesOf(imports)[index]!;
  switch (style) {
    case 'constructor':
      return { tag: 'new' };
    case 'method':
      return { tag: 'method', name: keys[0] };
    default:
      return { tag: 'function' };
  }
}
