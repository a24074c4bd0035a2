import type { Canon, Component, CoreInstance, Definition, Instance } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import type { TypeDef } from '@wit-ts/model';
import { alias, isCoreValue } from './alias.ts';
import { argument } from './argument.ts';
import { OptionsResolver } from './canonical-options.ts';
import { instanceNames } from './debug-names.ts';
import { elaborate, funcType, isResource, partCount, resourceType, valueType } from './elaborate.ts';
import { type Adopt, HostImports } from './host-imports.ts';
import type {
  CoreArg,
  ModuleRef,
  Plan,
  PlanExport,
  PlanInstance,
  PlanLift,
  Step,
  Trampoline,
} from './plan.ts';
import { Resources } from './resources.ts';
import {
  at,
  type CoreInstanceItem,
  type CoreItem,
  type InstanceItems,
  type Item,
  Scope,
  type Surroundings,
} from './scope.ts';

/**
 * More definitions, and parts of types, than any real component has. Nested components that each instantiate the next twice would grow
 * without bound from a few bytes.
 */
const MAX_DEFINITIONS = 1_000_000;
/** Components within components; each level costs stack here. */
const MAX_DEPTH = 100;

/**
 * Inlines a component: walks its definitions once, as an instance would, and notes what only an instance can do.
 *
 * @param adopt the components that it imports, and what it stands in, where those are known. Without them the plan of a
 *   component that imports components says what they have to be, and cannot be run
 * @throws DecodeError where an index or a name leads nowhere
 */
export function plan(component: Component, adopt?: Adopt): Plan {
  return new Inliner().run(component, adopt);
}

type CoreExports = Extract<CoreArg['value'], { tag: 'exports' }>['exports'];

class Inliner {
  readonly #modules: Uint8Array[] = [];
  readonly #moduleOf = new Map<Uint8Array, number>();
  readonly #instances: PlanInstance[] = [];
  readonly #resources = new Resources();
  readonly #imports = new HostImports(
    this.#resources,
    (index) => this.#resource(index),
    (parts, offset) => this.#count(parts, offset),
  );
  readonly #lifts: PlanLift[] = [];
  readonly #trampolines: Trampoline[] = [];
  readonly #steps: Step[] = [];
  /** The module of each core instance. */
  readonly #moduleOfInstance: ModuleRef[] = [];
  readonly #options = new OptionsResolver(this.#modules, this.#moduleOfInstance, (index, memory) =>
    this.#imports.addressType(index, memory),
  );
  readonly #bundles = new Map<ReadonlyMap<string, CoreItem>, CoreExports>();
  readonly #exported = new Map<InstanceItems, ReadonlyMap<string, PlanExport>>();
  #definitions = 0;
  /** Whether components are exported. */
  #withComponents = false;

  run(component: Component, adopt: Adopt | undefined): Plan {
    const adopted = adopt?.({
      module: (bytes) => ({ tag: 'module', index: this.#module(bytes) }),
      known: (value) => this.#imports.known(value),
    });
    this.#imports.adopted = adopted;
    const root = { parent: undefined, name: '' };
    const items = this.#component(component, adopted?.scope, root, undefined, 0);
    const exports = this.#exports(items, component.offset);
    if (this.#withComponents || this.#imports.withComponents) this.#modulesIn(component);
    return {
      modules: this.#modules,
      imports: this.#imports.list,
      instances: this.#instances,
      resources: this.#resources.list,
      lifts: this.#lifts,
      trampolines: this.#trampolines,
      coreInstances: this.#moduleOfInstance.length,
      steps: this.#steps,
      exports,
      ...(this.#withComponents || this.#imports.higherOrder ? { higherOrder: true } : {}),
    };
  }

  /** Whoever is given a component can instantiate what this one never does. */
  #modulesIn({ definitions }: Component): void {
    for (const definition of definitions) {
      if (definition.tag === 'core-module') this.#module(definition.bytes);
      else if (definition.tag === 'component') this.#modulesIn(definition.component);
    }
  }

  /** @param args what the imports are given; `undefined` for the root, whose imports the host gives */
  #component(
    component: Component,
    lexical: Surroundings | undefined,
    instance: PlanInstance,
    args: InstanceItems | undefined,
    depth: number,
  ): InstanceItems {
    if (depth > MAX_DEPTH) {
      throw new DecodeError(`components are nested more than ${MAX_DEPTH} deep`, component.offset);
    }
    const index = this.#instances.push(instance) - 1;
    const scope = new Scope(lexical, index, instanceNames(component));
    const exports = new Map<string, Item>();
    for (const definition of component.definitions) {
      this.#count(1 + (definition.tag === 'type' ? partCount(definition.type) : 0), definition.offset);
      this.#definition(definition, scope, args, exports, depth);
    }
    return exports;
  }

  /** Counts definitions and the parts of types: a type of thousands of parts may be mentioned a thousand times. */
  #count(parts: number, offset: number): void {
    this.#definitions += parts;
    if (this.#definitions > MAX_DEFINITIONS) {
      throw new DecodeError(`the component unfolds to more than ${MAX_DEFINITIONS} definitions`, offset);
    }
  }

  #definition(
    definition: Definition,
    scope: Scope,
    args: InstanceItems | undefined,
    exports: Map<string, Item>,
    depth: number,
  ): void {
    const { offset } = definition;
    switch (definition.tag) {
      case 'core-module':
        scope.coreModules.push({ tag: 'module', index: this.#module(definition.bytes) });
        return;
      case 'core-instance':
        scope.coreInstances.push(this.#coreInstance(definition.instance, scope, offset));
        return;
      case 'core-type':
        return;
      case 'component':
        scope.components.push({ sort: 'component', component: definition.component, scope });
        return;
      case 'instance':
        scope.instances.push(this.#instance(definition.instance, scope, offset, depth));
        return;
      case 'alias':
        alias(definition.alias, scope, offset);
        return;
      case 'type':
        if (definition.type.tag === 'resource') {
          const { destructor } = definition.type;
          const index = this.#resources.addGuest(
            scope.instance,
            destructor === undefined ? undefined : at(scope.core.func, destructor, 'core function', offset),
          );
          scope.types.push({ tag: 'value', type: this.#resource(index) });
        } else {
          scope.types.push(elaborate(definition.type, scope, offset));
        }
        return;
      case 'canon':
        this.#canon(definition.canon, scope, offset);
        return;
      case 'import':
        scope.push(
          args === undefined
            ? this.#imports.item([definition.name.name], definition.type, scope, offset)
            : argument(args, definition.name.name, definition.type, offset),
        );
        return;
      case 'export': {
        const item = scope.item(definition.sort, definition.index, offset);
        this.#name(item, definition.name.name);
        exports.set(definition.name.name, item);
        scope.push(item);
        return;
      }
      case 'start':
      case 'value':
        throw new DecodeError(
          'values and start functions of components are not part of the shipped specification',
          offset,
        );
    }
  }

  #module(bytes: Uint8Array): number {
    // A component that is instantiated twice defines its modules twice; they are compiled once.
    let index = this.#moduleOf.get(bytes);
    if (index === undefined) {
      index = this.#modules.push(bytes) - 1;
      this.#moduleOf.set(bytes, index);
    }
    return index;
  }

  #coreInstance(instance: CoreInstance, scope: Scope, offset: number): CoreInstanceItem {
    if (instance.tag === 'exports') {
      const exports = new Map<string, CoreItem>();
      for (const { name, sort, index } of instance.exports) {
        if (!isCoreValue(sort)) throw new DecodeError(`a core instance cannot export a core ${sort}`, offset);
        exports.set(name, { sort, ref: at(scope.core[sort], index, `core ${sort}`, offset) });
      }
      return { tag: 'exports', exports };
    }
    const module = at(scope.coreModules, instance.module, 'core module', offset);
    const args = instance.args.map(({ name, instance: index }): CoreArg => {
      const item = at(scope.coreInstances, index, 'core instance', offset);
      if (item.tag === 'instance') return { name, value: { tag: 'instance', instance: item.instance } };
      return {
        name,
        value: {
          tag: 'exports',
          exports: this.#bundle(item.exports),
        },
      };
    });
    const into = this.#moduleOfInstance.push(module) - 1;
    this.#steps.push({ tag: 'instantiate-core', module, args, into, instance: scope.instance });
    return { tag: 'instance', instance: into, module };
  }

  /** A bag of definitions, once for all modules that it is given to. */
  #bundle(exports: ReadonlyMap<string, CoreItem>): CoreExports {
    let known = this.#bundles.get(exports);
    if (known === undefined) {
      known = Array.from(exports, ([name, { ref }]) => ({ name, value: ref }));
      this.#bundles.set(exports, known);
    }
    return known;
  }

  #instance(instance: Instance, scope: Scope, offset: number, depth: number): InstanceItems {
    const items = new Map<string, Item>();
    if (instance.tag === 'exports') {
      for (const { name, sort, index } of instance.exports) {
        const item = scope.item(sort, index, offset);
        this.#name(item, name.name);
        items.set(name.name, item);
      }
      return items;
    }
    for (const { name, sort, index } of instance.args) items.set(name, scope.item(sort, index, offset));
    const item = at(scope.components, instance.component, 'component', offset);
    if ('declared' in item) {
      return this.#imports.instance(undefined, item.declared, (name, type) =>
        argument(items, name, type, offset),
      );
    }
    const number = scope.instances.length;
    const name = scope.instanceNames.get(number) ?? `instance ${number}`;
    return this.#component(item.component, item.scope, { parent: scope.instance, name }, items, depth + 1);
  }

  /** What is exported has the name of its first export in messages. */
  #name(item: Item, name: string): void {
    this.#resources.name(item, name);
    if (item.sort !== 'func' || item.func.tag !== 'lift') return;
    const lift = this.#lifts[item.func.index]!;
    if (lift.name === '') this.#lifts[item.func.index] = { ...lift, name };
  }

  #canon(canon: Canon, scope: Scope, offset: number): void {
    switch (canon.tag) {
      case 'lift': {
        const type = funcType(canon.type, scope, offset);
        const index =
          this.#lifts.push({
            name: '',
            type,
            core: at(scope.core.func, canon.coreFunc, 'core function', offset),
            options: this.#options.resolve(canon.options, scope, offset),
            instance: scope.instance,
          }) - 1;
        scope.funcs.push({ sort: 'func', func: { tag: 'lift', index }, type });
        return;
      }
      case 'lower': {
        const { func, type } = at(scope.funcs, canon.func, 'function', offset);
        const options = this.#options.resolve(canon.options, scope, offset);
        this.#trampoline({ tag: 'lower', func, type, options, instance: scope.instance }, scope);
        return;
      }
      case 'resource.new':
      case 'resource.drop':
      case 'resource.rep': {
        const resource = this.#resources.indexOf(resourceType(canon.resource, scope, offset));
        this.#trampoline({ tag: canon.tag, resource, instance: scope.instance }, scope);
        return;
      }
      default: {
        const options =
          'options' in canon ? { options: this.#options.resolve(canon.options, scope, offset) } : {};
        const type =
          canon.tag === 'task.return' && canon.result !== undefined
            ? { type: valueType(canon.result, scope, offset) }
            : {};
        this.#trampoline({ tag: 'builtin', canon, ...type, ...options, instance: scope.instance }, scope);
      }
    }
  }

  #trampoline(trampoline: Trampoline, scope: Scope): void {
    const index = this.#trampolines.push(trampoline) - 1;
    this.#steps.push({ tag: 'trampoline', index });
    scope.core.func.push({ tag: 'trampoline', index });
  }

  #resource(index: number): TypeDef {
    this.#steps.push({ tag: 'resource', index });
    return this.#resources.list[index]!.type;
  }

  /** One instance may be exported under many names. */
  #exports(items: InstanceItems, offset: number, depth = 0): ReadonlyMap<string, PlanExport> {
    const known = this.#exported.get(items);
    if (known !== undefined) return known;
    if (depth > MAX_DEPTH) {
      throw new DecodeError(`exported instances are nested more than ${MAX_DEPTH} deep`, offset);
    }
    const exports = new Map<string, PlanExport>();
    for (const [name, item] of items) exports.set(name, this.#export(item, offset, depth));
    this.#exported.set(items, exports);
    return exports;
  }

  #export(item: Item, offset: number, depth: number): PlanExport {
    switch (item.sort) {
      case 'func':
        return { tag: 'func', func: item.func, type: item.type };
      case 'instance':
        return { tag: 'instance', exports: this.#exports(item.items, offset, depth + 1) };
      case 'core module':
        return { tag: 'module', module: item.module };
      case 'type':
        if (item.type.tag === 'value' && isResource(item.type.type)) {
          return { tag: 'resource', resource: this.#resources.indexOf(item.type.type) };
        }
        return { tag: 'none' };
      case 'component':
        if ('declared' in item) return { tag: 'none', component: true };
        this.#withComponents = true;
        return {
          tag: 'component',
          component: item.component,
          scope: item.scope,
          ...(item.value === undefined ? {} : { value: item.value }),
        };
    }
  }
}
