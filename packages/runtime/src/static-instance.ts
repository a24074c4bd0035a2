import { asTrap, type GuestClass, type ResourceType } from '@wit-ts/abi';
import type { MappingChoices } from '@wit-ts/mapping';
import { withoutPrototype } from '@wit-ts/model';
import type { Plan, PlanOptions } from '@wit-ts/plan';
import type { LinkedImport } from './imports.ts';
import type { TaskInstanceCode } from './instance-code.ts';
import type { InstanceComponent } from './instance/instance-component.ts';
import type { ComponentExports } from './instance/exports.ts';
import type { InstanceOptions } from './instance/instance-state.ts';
import type { Limits } from './limits.ts';
import type { StaticLimits } from './static-limits.ts';
import type { tracedBy } from './trace.ts';
import type { Trace } from './trace/trace-event.ts';
import { NewInstance } from './instance/new-instance.ts';
import type { CoreRequest } from './instance/run-steps.ts';
import type { Wiring } from './wiring/wiring.ts';

/** A core instance that a static module makes: the compiled module, its imports, and who it belongs to. */
type StaticRequest = readonly [WebAssembly.Module, WebAssembly.Imports, CoreRequest['instance']];

/** Asks for core instances of a static module. */
type StaticSteps<Result> = Generator<StaticRequest, Result, WebAssembly.Exports>;

/** What a static module describes of a component whose functions wait, or whose instances have limits or a trace. */
interface StaticDescription {
  readonly plan: Pick<Plan, 'instances' | 'lifts' | 'resources' | 'steps'>;
  /** Each specification in it has its code as `code`, and the options of a built-in as `loads` or `stores`. */
  readonly wiring: Wiring;
  readonly parts: InstanceComponent['parts'];
  /** The code that copies elements from the place of one built-in to that of another. */
  readonly copies: readonly (readonly [from: PlanOptions, to: PlanOptions, code: unknown])[];
  readonly hasTasks: boolean;
  /** How names and values look; absent for the default mapping. */
  readonly mapping?: MappingChoices | undefined;
  readonly limits?: StaticLimits;
  readonly tracedBy?: typeof tracedBy;
  /** Makes the instances of core modules that the host gives, by the index of the import; absent without such. */
  readonly given?: (index: number, request: StaticRequest) => StaticSteps<WebAssembly.Exports>;
}

/** A component of a static module. */
interface StaticComponent extends InstanceComponent {
  /** Absent if instances have no limits. */
  readonly limits: StaticLimits | undefined;
  /** Absent if instances cannot be traced. */
  readonly tracedBy: typeof tracedBy | undefined;
  readonly given: StaticDescription['given'];
}

/** The options of an instance of a static module. */
interface StaticOptions extends Omit<InstanceOptions, 'traced'> {
  readonly limits?: Limits;
  readonly trace?: Trace;
}

/** Makes the component of a static module. */
export function staticComponent({ plan, wiring, copies, ...others }: StaticDescription): StaticComponent {
  return {
    limits: undefined,
    tracedBy: undefined,
    given: undefined,
    ...others,
    plan: { ...plan, modules: [], imports: [], trampolines: [], coreInstances: 0, exports: new Map() },
    linking: undefined,
    code: staticCode(copies),
    wiring: () => wiring,
  };
}

/** Returns the steps of an instance of a static module, which end with its exports. */
export function* staticSteps(
  component: StaticComponent,
  modules: readonly WebAssembly.Module[],
  found: readonly LinkedImport[],
  options: StaticOptions,
): StaticSteps<ComponentExports> {
  const { limits, trace, name, deadlock, onError, scheduler, ...others } = withoutPrototype(options);
  refuseOthers({
    ...others,
    ...(component.limits === undefined && { limits }),
    ...(component.tracedBy === undefined && { trace }),
  });
  const budget = component.limits?.(component.plan, limits);
  const traced = trace === undefined ? trace : component.tracedBy?.(trace);
  const instance = new NewInstance(component, { modules, ...(budget && { budget }) }, found, {
    name,
    deadlock,
    onError,
    scheduler,
    traced,
  });
  let step = instance.steps.next();
  while (step.done !== true) {
    const { module, imports, instance: owner, from, prepare } = step.value;
    const request: StaticRequest = [module, imports, owner];
    const exports =
      from.tag === 'import' && component.given !== undefined
        ? yield* component.given(from.import, request)
        : yield request;
    step = instance.steps.next(prepare === undefined ? exports : prepared(prepare, exports, owner));
  }
  return instance.exports();
}

/**
 * @param others options that a module does not have: unknown ones, and those that it was not transpiled for
 * @throws TypeError for the first one that is given: it would be ignored, as if there were no limits
 */
export function refuseOthers(others: object): void {
  for (const [option, value] of Object.entries(others))
    if (value !== undefined)
      throw new TypeError(
        `\`${option}\`: this module has no such option; give \`limits\` and \`trace\` to \`transpile\`, too`,
      );
}

/** Prepares a core instance that asks before it grows, and runs its start function. */
function prepared(
  prepare: (exports: WebAssembly.Exports) => WebAssembly.Exports,
  exports: WebAssembly.Exports,
  owner: CoreRequest['instance'],
): WebAssembly.Exports {
  try {
    return prepare(exports);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    owner.failure = asTrap(error, `starting a core module of ${owner.name}`);
    throw owner.failure;
  }
}

/** Finds the code of functions in the data of a static module. */
function staticCode(copies: StaticDescription['copies']): TaskInstanceCode {
  const copiesFrom = new Map<PlanOptions, Map<PlanOptions, unknown>>();
  for (const [from, to, code] of copies) {
    let known = copiesFrom.get(from);
    if (known === undefined) copiesFrom.set(from, (known = new Map()));
    known.set(to, code);
  }
  return {
    lift: codeOf,
    lower: codeOf,
    fuse: codeOf,
    liftFlat: codeOf,
    lowerFlat: codeOf,
    moveFlat: codeOf,
    load: ({ options }) => memberOf(options, 'loads'),
    store: ({ options }) => memberOf(options, 'stores'),
    copy: (from, to) => copiesFrom.get(from.options)?.get(to.options) as ReturnType<TaskInstanceCode['copy']>,
    resourceClass: (definition, type) => codeOf<(type: ResourceType) => GuestClass>(definition)(type),
  };
}

function codeOf<Code>(described: object): Code {
  return memberOf(described, 'code');
}

function memberOf<Code>(described: object, key: string): Code {
  return Reflect.get(described, key) as Code;
}
