import type { GuestClass, ResourceType } from '@wit-ts/abi';
import type { MappingChoices } from '@wit-ts/mapping';
import type { Plan, PlanOptions } from '@wit-ts/plan';
import type { LinkedImport } from './imports.ts';
import type { TaskInstanceCode } from './instance-code.ts';
import type { InstanceComponent } from './instance/instance-component.ts';
import type { ComponentExports } from './instance/exports.ts';
import type { InstanceOptions } from './instance/instance-state.ts';
import { NewInstance } from './instance/new-instance.ts';
import type { CoreRequest } from './instance/run-steps.ts';
import type { Wiring } from './wiring/wiring.ts';

/** What a static module describes of a component whose functions wait. */
interface StaticDescription {
  readonly plan: Pick<Plan, 'instances' | 'lifts' | 'resources' | 'steps'>;
  /** Each specification in it has its code as `code`, and the options of a built-in as `loads` or `stores`. */
  readonly wiring: Wiring;
  readonly parts: InstanceComponent['parts'];
  /** The code that copies elements from the place of one built-in to that of another. */
  readonly copies: readonly (readonly [from: PlanOptions, to: PlanOptions, code: unknown])[];
  /** How names and values look; absent for the default mapping. */
  readonly mapping?: MappingChoices | undefined;
}

/** Makes the component of a static module. */
export function staticComponent({
  plan,
  wiring,
  parts,
  copies,
  mapping,
}: StaticDescription): InstanceComponent {
  return {
    plan: { ...plan, modules: [], imports: [], trampolines: [], coreInstances: 0, exports: new Map() },
    parts,
    linking: undefined,
    hasTasks: true,
    mapping,
    code: staticCode(copies),
    wiring: () => wiring,
  };
}

/** Returns the steps of an instance of a static module, which end with its exports. */
export function* staticSteps(
  component: InstanceComponent,
  modules: readonly WebAssembly.Module[],
  found: readonly LinkedImport[],
  options: InstanceOptions,
): Generator<
  readonly [WebAssembly.Module, WebAssembly.Imports, CoreRequest['instance']],
  ComponentExports,
  WebAssembly.Exports
> {
  const instance = new NewInstance(component, { modules }, found, options);
  let step = instance.steps.next();
  while (step.done !== true) {
    const { module, imports, instance: owner } = step.value;
    step = instance.steps.next(yield [module, imports, owner]);
  }
  return instance.exports();
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
