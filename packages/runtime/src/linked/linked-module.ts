import type { MappingChoices } from '@wit-ts/mapping';
import { withoutPrototype } from '@wit-ts/model';
import type { Suspend } from '../async-types.ts';
import { Component } from '../compiled-component.ts';
import { notStarted } from '../diagnostics-and-trace.ts';
import type { Imports } from '../imports.ts';
import type { ComponentExports } from '../instance/exports.ts';
import { finishInstance } from '../instance/new-instance.ts';
import { instantiateSync, startInstance } from '../instantiate-sync.ts';
import type { InstantiateOptions } from '../instantiate.ts';
import { PLAIN } from '../module-form.ts';
import type { Source } from '../source.ts';
import { refusedModules } from '../refused-options.ts';
import { refuseOthers } from '../static-instance.ts';
import { loadedSuspension } from '../suspend/loaded-suspension.ts';
import { compileLinkable } from './compile-linkable.ts';
import { linkableComponent, refuseTasks } from './linkable-component.ts';
import type { LinkedLimits } from './linked-limits.ts';
import type { LinkedTasks } from './linked-tasks.ts';

/** What a static module describes of a component that imports or exports components. */
export interface LinkedDescription {
  /** The component. Of its core modules only what their types need, because they are compiled elsewhere. */
  readonly bytes: () => Uint8Array;
  /** The components that are given for imports, with the names that lead to each import. */
  readonly given?: readonly { readonly path: readonly string[]; readonly bytes: () => Uint8Array }[];
  readonly mapping?: MappingChoices;
  /** The functions that wait, of instances of this component. */
  readonly suspend?: Suspend;
  /** Absent if instances have no limits. */
  readonly limits?: LinkedLimits;
  /** Absent if no component that is linked may have tasks. */
  readonly tasks?: LinkedTasks;
  /** Modules with which stacks are suspended, on a platform that compiles no WebAssembly while it runs. */
  readonly stacks?: ReadonlyMap<string, WebAssembly.Module>;
}

type Modules = readonly WebAssembly.Module[];

type Options = Omit<InstantiateOptions, 'engine' | 'mapping'>;

/** What a static module does with components. */
interface LinkedModule {
  /**
   * Makes an instance of the component of the module.
   *
   * @param modules returns the compiled core modules of the component, and then those of each that is given
   */
  instantiate(
    modules: () => Modules | Promise<Modules>,
    imports: Imports,
    options: Options,
  ): Promise<ComponentExports>;
  instantiateSync(modules: () => Modules, imports: Imports, options: Options): ComponentExports;
  compileComponent(source: Source): Promise<Component>;
  instantiateComponent(component: Component, imports?: Imports, options?: Options): Promise<ComponentExports>;
  instantiateComponentSync(component: Component, imports?: Imports, options?: Options): ComponentExports;
}

/** Makes the functions of a static module for a component that imports or exports components. */
export function linkedModule(description: LinkedDescription): LinkedModule {
  const { mapping, suspend, limits, tasks } = description;
  if (tasks !== undefined) loadedSuspension.code = { suspended: tasks.suspended };
  let root: Component | undefined;
  const rootOf = (modules: Modules): Component => (root ??= rootComponent(description, modules));
  const optionsOf = (options: InstantiateOptions): InstantiateOptions => {
    const { engine, mapping: others, limits: own, suspend: waiting, ...rest } = withoutPrototype(options);
    refuseOthers({
      engine,
      mapping: others,
      ...(limits === undefined && { limits: own }),
      ...(tasks === undefined && { suspend: waiting }),
    });
    limits?.checkOwn(own);
    return {
      ...rest,
      ...(waiting !== undefined && { suspend: waiting }),
      ...(own !== undefined && { limits: own }),
      ...(mapping !== undefined && { mapping }),
    };
  };
  const rootOptions = (options: InstantiateOptions): InstantiateOptions => {
    const { suspend: others, ...rest } = optionsOf(options);
    refuseOthers({ suspend: others });
    return { ...rest, ...(suspend !== undefined && { suspend }) };
  };
  return {
    instantiate: async (modules, imports, options) =>
      instantiateLarge(root ?? rootOf(await modules()), imports, rootOptions(options)),
    instantiateSync: (modules, imports, options) =>
      instantiateSync(root ?? rootOf(modules()), imports, rootOptions(options)),
    compileComponent: (source) => compileLinkable(source, description),
    instantiateComponent: async (component, imports = {}, options = {}) =>
      instantiateLarge(checkedComponent(component, tasks), imports, optionsOf(options)),
    instantiateComponentSync: (component, imports = {}, options = {}) =>
      instantiateSync(checkedComponent(component, tasks), imports, optionsOf(options)),
  };
}

/** @throws TypeError if a host without types gave something else than a component of this module */
function checkedComponent(component: unknown, tasks: LinkedTasks | undefined): Component {
  if (component instanceof Component) {
    if (tasks === undefined) refuseTasks(component.plan);
    return component;
  }
  throw new TypeError(
    'expected a component that an instance of this module exports, or that its `compileComponent` returns',
  );
}

/** Links the component with those that are given. The core modules of all of them are in one list. */
function rootComponent(
  { bytes, given = [], limits, tasks, stacks }: LinkedDescription,
  modules: Modules,
): Component {
  let at = 0;
  const next = (of: () => Uint8Array): Component => {
    const component = linkableComponent(of(), { limits, tasks, stacks });
    const count = component.plan.modules.length;
    const own = modules.slice(at, at + count);
    if (limits === undefined) component.compiled.set(PLAIN, { modules: own, moduleLimits: undefined });
    else limits.take(component, own, at);
    at += count;
    return component;
  };
  const component = next(bytes);
  const paths = new Map(given.map((each) => [JSON.stringify(each.path), next(each.bytes)]));
  if (at !== modules.length) throw refusedModules(at, modules.length);
  return component.linking!.withComponents(paths);
}

/** Makes an instance on a platform that may instantiate large core modules only with a promise. */
async function instantiateLarge(
  compiled: Component,
  imports: Imports,
  options: InstantiateOptions,
): Promise<ComponentExports> {
  const { component, instance } = startInstance(compiled, imports, options);
  return finishInstance(instance, (request, error) => notStarted(component, request, error));
}
