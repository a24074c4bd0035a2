import type { Canon, Component, CoreInstance, Definition } from '@wit-ts/component';
import { DecodeError, NOT_LOADED } from '@wit-ts/component/binary';
import {
  type Arguments,
  type ComponentNode,
  type EnclosingSpaces,
  type Entity,
  entityAt,
  externEntity,
  EvaluationContext,
  evaluateDeclarations,
  evaluateDefinition,
  type Exported,
  type GivenEntities,
  IndexSpaces,
  type InstanceNode,
  instantiateWith,
  type ModuleNode,
  peel,
  type RareEvaluation,
  type ResourceNode,
  sortOf,
  typeAt,
} from '@wit-ts/component/elaborate';
import { OptionsResolver } from './canonical-options.ts';
import { CoreReferences } from './core-references.ts';
import { HostImports } from './host-imports.ts';
import type {
  CoreArg,
  ModuleRef,
  Plan,
  PlanExport,
  PlanInstance,
  PlanLift,
  PlanStep,
  Trampoline,
} from './plan.ts';
import { type PlanFault, planFaults } from './plan-faults.ts';
import type { PlanTexts } from './plan-texts.ts';
import { Resources } from './resources.ts';

/**
 * Inlines a component like `plan`, but fails for what few components have: built-ins of tasks, and components and core
 * modules that are imported or exported. The message of an error is only the code of the fault.
 */
export function planCommon(component: Component): Plan {
  return new Planner().run(component);
}

/** Refers to a module or a function of a component of which only the type is known. No instance uses it. */
const UNKNOWN: { readonly tag: 'import'; readonly import: number } = { tag: 'import', import: -1 };

/** Plans what most components have. `FullPlanner` plans the rest, and is loaded on demand. */
export class Planner {
  protected readonly fault: PlanFault;
  protected readonly context: EvaluationContext;
  readonly #modules: Uint8Array[] = [];
  readonly #moduleNumbers = new Map<Uint8Array, number>();
  readonly #instances: PlanInstance[] = [];
  readonly #steps: PlanStep[] = [];
  protected readonly resources = new Resources((index) => this.#steps.push({ tag: 'resource', index }));
  protected readonly imports: HostImports;
  readonly #lifts: PlanLift[] = [];
  readonly #trampolines: Trampoline[] = [];
  /** The module of each core instance. */
  readonly #moduleOfInstance: ModuleRef[] = [];
  protected readonly options = new OptionsResolver(this.#modules, this.#moduleOfInstance);
  readonly #exported = new Map<InstanceNode['exports'], ReadonlyMap<string, PlanExport>>();
  /** The component instance that is being evaluated. */
  #current: CoreReferences | undefined;

  constructor(texts?: PlanTexts, Imports: typeof HostImports = HostImports, rare?: RareEvaluation) {
    this.fault = planFaults(texts);
    this.context = new EvaluationContext({
      texts,
      rare,
      report: (_code, message, offset) => {
        throw new DecodeError(message, offset);
      },
      instantiate: (_context, component, args, offset) => this.#instantiate(component, args, offset),
      ignoresAscriptions: true,
    });
    this.imports = new Imports(this.resources);
  }

  run(component: Component, enclosing?: EnclosingSpaces): Plan {
    const spaces = new IndexSpaces('component', enclosing);
    this.#body(component, spaces, {
      import: (_spaces, name, type, offset) => {
        const entity = externEntity(this.context, spaces, type, offset);
        return entity && this.imports.import([name], entity, offset);
      },
    });
    return {
      modules: this.#modules,
      imports: this.imports.list,
      instances: this.#instances,
      resources: this.resources.list,
      lifts: this.#lifts,
      trampolines: this.#trampolines,
      coreInstances: this.#moduleOfInstance.length,
      steps: this.#steps,
      exports: this.#exports(spaces.exports),
    };
  }

  /** Instantiates a component. Its imports are the given entities themselves, and their declared types are ignored. */
  #instantiate(component: ComponentNode, args: Arguments, offset: number): InstanceNode {
    const given: GivenEntities = {
      import: (_spaces, name, type, at) => {
        const entity = args.get(name);
        const sort = sortOf(type);
        if (entity?.tag === sort) return entity;
        throw this.fault('no-argument', at, name, sort);
      },
    };
    return instantiateWith(this.context, component, offset, (spaces) => {
      if (component.tag === 'body') this.#body(component.component, spaces, given);
      else evaluateDeclarations(this.context, spaces, component.declarations, given);
    });
  }

  /** @param given the entities for the imports */
  #body(component: Component, spaces: IndexSpaces, given: GivenEntities): void {
    const around = this.#current;
    // The instance that is evaluated is the next of those around it. The root has no name.
    const name = around === undefined ? '' : around.instanceName(around.spaces.count('instance'));
    const instance = this.#instances.push({ parent: around?.instance, name }) - 1;
    const core = new CoreReferences(spaces, instance, component, this.fault);
    this.#current = core;
    for (const definition of component.definitions) this.#definition(definition, core, given);
    this.#current = around;
  }

  #definition(definition: Definition, core: CoreReferences, given: GivenEntities): void {
    const { offset } = definition;
    const { spaces } = core;
    const entity = evaluateDefinition(this.context, spaces, definition, given);
    switch (definition.tag) {
      case 'core-module':
        this.moduleNumber(definition.bytes);
        return;
      case 'core-instance':
        this.#coreInstance(definition.instance, core, offset);
        return;
      case 'alias':
        if (definition.alias.tag === 'core-export') core.alias(definition.alias, offset);
        return;
      case 'type': {
        const node = spaces.last('type')?.type;
        if (definition.type.tag !== 'resource' || node?.tag !== 'resource') return;
        const { destructor } = definition.type;
        this.resources.addGuest(
          node,
          core.instance,
          destructor === undefined ? undefined : core.at('func', destructor, offset),
        );
        return;
      }
      case 'canon':
        this.#canon(definition.canon, core, offset);
        return;
      case 'instance':
        if (definition.instance.tag === 'exports') this.#nameAll(spaces.last('instance')?.instance.exports);
        return;
      case 'export':
        this.#name(entity, definition.name.name);
        return;
      case 'start':
      case 'value':
        throw this.fault('value-definition', offset);
      case 'core-type':
      case 'component':
      case 'import':
    }
  }

  protected moduleNumber(bytes: Uint8Array): number {
    // A component that is instantiated twice defines its modules twice. They are compiled once.
    let index = this.#moduleNumbers.get(bytes);
    if (index === undefined) {
      index = this.#modules.push(bytes) - 1;
      this.#moduleNumbers.set(bytes, index);
    }
    return index;
  }

  protected moduleRef(node: ModuleNode): ModuleRef {
    return node.tag === 'body' ? { tag: 'module', index: this.moduleNumber(node.bytes) } : UNKNOWN;
  }

  #coreInstance(instance: CoreInstance, core: CoreReferences, offset: number): void {
    if (instance.tag === 'exports') {
      core.defineGroup(instance, offset);
      return;
    }
    const entity = entityAt(this.context, core.spaces, 'core module', instance.module, offset);
    if (entity?.tag !== 'core module') return;
    const module = this.moduleRef(entity.module);
    const args = instance.args.map(({ name, instance: index }): CoreArg => ({
      name,
      value: core.argument(index, offset),
    }));
    const into = this.#moduleOfInstance.push(module) - 1;
    this.#steps.push({ tag: 'instantiate-core', module, args, into, instance: core.instance });
    core.defineInstance(into);
  }

  #nameAll(exports: ReadonlyMap<string, Exported> | undefined): void {
    for (const [name, { entity }] of exports ?? []) this.#name(entity, name);
  }

  /** Messages name a function or a resource after its first export. */
  #name(entity: Entity | undefined, name: string): void {
    if (entity?.tag === 'type') {
      const node = peel(entity.type);
      if (node.tag === 'resource') this.resources.name(node, name);
    } else if (entity?.tag === 'func' && entity.ref?.tag === 'lift') {
      const { index } = entity.ref;
      const lift = this.#lifts[index]!;
      if (lift.name === '') this.#lifts[index] = { ...lift, name };
    }
  }

  #canon(canon: Canon, core: CoreReferences, offset: number): void {
    const { instance, spaces } = core;
    switch (canon.tag) {
      case 'lift': {
        // Its evaluation has appended the function.
        const entity = spaces.last('func')!;
        const options = this.options.resolve(canon.options, core, offset);
        const type = entity.func.model;
        const lift = { name: '', type, core: core.at('func', canon.coreFunc, offset), options, instance };
        entity.ref = { tag: 'lift', index: this.#lifts.push(lift) - 1 };
        return;
      }
      case 'lower': {
        const entity = entityAt(this.context, spaces, 'func', canon.func, offset);
        if (entity?.tag !== 'func') return;
        const options = this.options.resolve(canon.options, core, offset);
        const func = entity.ref ?? UNKNOWN;
        this.trampoline({ tag: 'lower', func, type: entity.func.model, options, instance }, core);
        return;
      }
      case 'resource.new':
      case 'resource.drop':
      case 'resource.rep': {
        const resource = this.resources.indexOf(this.#resourceAt(canon, spaces, offset));
        this.trampoline({ tag: canon.tag, resource, instance }, core);
        return;
      }
      default:
        this.builtin(canon, core, offset);
    }
  }

  /** Plans a built-in of tasks. */
  protected builtin(_canon: Canon, _core: CoreReferences, offset: number): void {
    throw new DecodeError(NOT_LOADED, offset);
  }

  #resourceAt(
    { tag, resource: index }: Extract<Canon, { resource: number }>,
    spaces: IndexSpaces,
    offset: number,
  ): ResourceNode {
    const node = typeAt(this.context, spaces, index, offset);
    const target = node && peel(node);
    if (target?.tag === 'resource') return target;
    throw this.fault('not-a-resource', offset, tag, index, target?.tag ?? 'defined');
  }

  protected trampoline(trampoline: Trampoline, core: CoreReferences): void {
    const index = this.#trampolines.push(trampoline) - 1;
    this.#steps.push({ tag: 'trampoline', index });
    core.defineFunc({ tag: 'trampoline', index });
  }

  /** One instance may be exported under many names. */
  #exports(exported: InstanceNode['exports']): ReadonlyMap<string, PlanExport> {
    const known = this.#exported.get(exported);
    if (known !== undefined) return known;
    const exports = new Map<string, PlanExport>();
    for (const [name, { entity }] of exported) {
      if (entity !== undefined) exports.set(name, this.#export(entity));
    }
    this.#exported.set(exported, exports);
    return exports;
  }

  #export(entity: Entity): PlanExport {
    switch (entity.tag) {
      case 'func':
        return { tag: 'func', func: entity.ref ?? UNKNOWN, type: entity.func.model };
      case 'instance':
        return { tag: 'instance', exports: this.#exports(entity.instance.exports) };
      case 'core module':
        return { tag: 'module', module: this.moduleRef(entity.module) };
      case 'type': {
        const node = peel(entity.type);
        return node.tag === 'resource'
          ? { tag: 'resource', resource: this.resources.indexOf(node) }
          : { tag: 'none' };
      }
      case 'value':
        return { tag: 'none' };
      case 'component':
        return this.component(entity.component);
    }
  }

  /** Plans the export of a component. */
  protected component(node: ComponentNode): PlanExport {
    throw new DecodeError(NOT_LOADED, node.tag === 'body' ? node.component.offset : 0);
  }
}
