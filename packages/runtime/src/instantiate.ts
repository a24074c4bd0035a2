import {
  ComponentInstance,
  type CoreFunction,
  type HostClass,
  type HostFunction,
  resourceClass,
  resourceDrop,
  resourceNew,
  resourceRep,
  ResourceType,
  Trap,
} from '@wit-ts/abi';
import type { TypeDef } from '@wit-ts/model';
import type {
  CoreArg,
  CoreRef,
  FuncRef,
  ModuleRef,
  PlanOptions,
  PlanResource,
  Trampoline,
} from '@wit-ts/plan';
import { type Code, type LiftUse, preparedLift, preparedLower } from './bind.ts';
import { Builtins, NO_TASKS, notRun } from './builtins.ts';
import { compile, Component, type CompileOptions } from './component.ts';
import { type ComponentExports, exportsOf } from './exports.ts';
import { type Imports, linkImports, type LinkedImport } from './imports.ts';
import { compiledWithin, type Limits, limitsOf, modulesWithin } from './limits.ts';
import { LinkError } from './link-error.ts';
import type { Source } from './source.ts';

export interface InstantiateOptions extends CompileOptions {
  /** How messages name the instance; `component` by default. */
  readonly name?: string;
}

/**
 * Makes an instance of a component and gives its exports: functions under their camel-cased names, interfaces as objects
 * under their full name (`example:service/api@1.0.0`) and, where that is unambiguous, their short one (`api`). Functions
 * are synchronous where their WIT is.
 *
 * @throws LinkError where the imports do not fit, with every reason, or the component does not fit into its limits
 * @throws DecodeError where the bytes are no component
 * @throws Trap where a core module's start function traps
 */
export async function instantiate<Exports extends object = ComponentExports>(
  source: Source | Component,
  imports: Imports = {},
  options: InstantiateOptions = {},
): Promise<Exports> {
  const component = source instanceof Component ? source : await compile(source, options);
  const limits = limitsOf(component, options.limits);
  const modules = await modulesWithin(component, limits);
  const instance = new Instantiation(component, modules, limits, imports, options);
  const steps = instance.run();
  let step = steps.next();
  while (step.done !== true) {
    const { module, imports: core } = step.value;
    const made = instantiateHere(step.value) ?? (await WebAssembly.instantiate(module, core).catch(explain));
    step = steps.next(made.exports);
  }
  return step.value as Exports;
}

/**
 * `instantiate` without a promise, for a component that was compiled before. Browsers refuse it on their main thread for
 * large core modules, with a `RangeError`. Throws as `instantiate` does.
 */
export function instantiateSync<Exports extends object = ComponentExports>(
  component: Component,
  imports: Imports = {},
  options: InstantiateOptions = {},
): Exports {
  const limits = limitsOf(component, options.limits);
  const modules = compiledWithin(component, limits);
  const steps = new Instantiation(component, modules, limits, imports, options).run();
  let step = steps.next();
  while (step.done !== true) {
    const made = instantiateHere(step.value);
    if (made === undefined) {
      throw new RangeError(
        'this platform makes instances of large core modules only asynchronously: use `instantiate`',
      );
    }
    step = steps.next(made.exports);
  }
  return step.value as Exports;
}

/** Where it may be done at once it is: a promise costs more than a small instance. */
function instantiateHere({ module, imports }: CoreRequest): WebAssembly.Instance | undefined {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (error) {
    if (error instanceof RangeError && /main thread/iu.test(error.message)) return undefined;
    return explain(error);
  }
}

/** What the engine throws while it makes a core instance, in the words of a component's host. */
function explain(error: unknown): never {
  if (error instanceof WebAssembly.RuntimeError) {
    throw new Trap(`a core module trapped when it was started: ${error.message}`, { cause: error });
  }
  if (error instanceof WebAssembly.LinkError) {
    throw new Trap(`the component wires its core modules in a way they do not fit: ${error.message}`, {
      cause: error,
    });
  }
  throw error;
}

interface CoreRequest {
  readonly module: WebAssembly.Module;
  readonly imports: WebAssembly.Imports;
}

/** Executes a plan: slots of the plan, filled step by step. */
export class Instantiation {
  readonly component: Component;
  readonly #modules: readonly WebAssembly.Module[];
  readonly #code: Code;
  readonly #linked: readonly LinkedImport[];
  readonly #instances: ComponentInstance[] = [];
  readonly #coreInstances: WebAssembly.Exports[] = [];
  readonly #trampolines: CoreFunction[] = [];
  readonly #builtins = new Builtins();
  readonly #resources: ResourceType[] = [];
  readonly #resourceOf = new Map<TypeDef, ResourceType>();
  readonly #classes = new Map<ResourceType, object>();

  constructor(
    component: Component,
    modules: readonly WebAssembly.Module[],
    { handles, valueBytes }: Limits,
    imports: Imports,
    options: InstantiateOptions,
  ) {
    this.component = component;
    this.#modules = modules;
    this.#code = { ...component.functions(valueBytes), maxBytes: valueBytes };
    this.#linked = linkImports(component.plan.imports, imports);
    for (const { parent, name } of component.plan.instances) {
      const around = parent === undefined ? undefined : this.#instances[parent];
      const path = around === undefined ? (options.name ?? 'component') : `${around.name} › ${name}`;
      this.#instances.push(new ComponentInstance(path, around, handles));
    }
  }

  *run(): Generator<CoreRequest, ComponentExports, WebAssembly.Exports> {
    const { plan } = this.component;
    for (const step of plan.steps) {
      if (step.tag === 'instantiate-core') {
        const request = { module: this.module(step.module), imports: this.#coreImports(step.args) };
        this.#coreInstances[step.into] = yield request;
      } else if (step.tag === 'trampoline') {
        this.#trampolines[step.index] = this.#trampoline(step.index, plan.trampolines[step.index]!);
      } else {
        const resource = plan.resources[step.index]!;
        const type = this.#resource(resource);
        this.#resources[step.index] = type;
        this.#resourceOf.set(resource.type, type);
      }
    }
    return exportsOf(this, plan.exports);
  }

  resource(index: number): ResourceType {
    return this.#resources[index]!;
  }

  /** One class for a guest resource, however many interfaces export it. */
  guestClass(type: ResourceType, name: string): object {
    let made = this.#classes.get(type);
    if (made === undefined) {
      made = resourceClass(type, name);
      this.#classes.set(type, made);
    }
    return made;
  }

  module(ref: ModuleRef): WebAssembly.Module {
    if (ref.tag === 'module') return this.#modules[ref.index]!;
    return this.#linked[ref.import] as WebAssembly.Module;
  }

  /** A component function for the host, or for the component instance that calls. */
  func(ref: FuncRef, use: LiftUse, name: string, caller?: ComponentInstance): HostFunction {
    if (ref.tag === 'import') return this.#linked[ref.import] as HostFunction;
    const lift = this.component.plan.lifts[ref.index]!;
    if (lift.type.async || lift.options.canonical.async) {
      return () => {
        throw new Trap(`${name}: ${NO_TASKS}`);
      };
    }
    const prepared = preparedLift(this.component, this.#code, ref.index, use, name);
    return prepared.bind({
      core: this.#core(lift.core) as CoreFunction,
      ...this.#options(lift.options),
      instance: this.#instances[lift.instance]!,
      ...(caller === undefined ? {} : { caller }),
      resources: this.#resourceTypes(prepared.resources),
    });
  }

  #trampoline(index: number, trampoline: Trampoline): CoreFunction {
    const instance = this.#instances[trampoline.instance]!;
    switch (trampoline.tag) {
      case 'lower': {
        if (trampoline.options.canonical.async) return notRun('an asynchronous import', instance);
        const prepared = preparedLower(this.component, this.#code, index, trampoline);
        return prepared.bind({
          callee: this.#callee(trampoline.func, instance),
          ...this.#options(trampoline.options),
          instance,
          resources: this.#resourceTypes(prepared.resources),
        });
      }
      case 'resource.new':
        return resourceNew(this.resource(trampoline.resource), instance);
      case 'resource.drop':
        return resourceDrop(this.resource(trampoline.resource), instance);
      case 'resource.rep':
        return resourceRep(this.resource(trampoline.resource), instance);
      case 'builtin':
        return this.#builtins.make(trampoline.canon, instance);
    }
  }

  #callee(ref: FuncRef, caller: ComponentInstance): HostFunction {
    const name = ref.tag === 'lift' ? this.component.plan.lifts[ref.index]!.name : '';
    return this.func(ref, 'component', name, caller);
  }

  #resource(resource: PlanResource): ResourceType {
    if (resource.tag === 'host') {
      return ResourceType.ofHost(resource.name, this.#linked[resource.import] as HostClass | undefined);
    }
    const { destructor } = resource;
    return ResourceType.ofGuest(
      resource.name,
      this.#instances[resource.instance]!,
      destructor === undefined ? undefined : (this.#core(destructor) as (rep: number) => unknown),
    );
  }

  #resourceTypes(types: readonly TypeDef[]): readonly ResourceType[] {
    return types.map((type) => this.#resourceOf.get(type)!);
  }

  #options(options: PlanOptions): {
    readonly memory?: WebAssembly.Memory;
    readonly realloc?: CoreFunction;
    readonly postReturn?: CoreFunction;
    readonly callback?: CoreFunction;
  } {
    const { memory, realloc, postReturn, callback } = options;
    return {
      ...(memory === undefined ? {} : { memory: this.#core(memory) as WebAssembly.Memory }),
      ...(realloc === undefined ? {} : { realloc: this.#core(realloc) as CoreFunction }),
      ...(postReturn === undefined ? {} : { postReturn: this.#core(postReturn) as CoreFunction }),
      ...(callback === undefined ? {} : { callback: this.#core(callback) as CoreFunction }),
    };
  }

  #coreImports(args: readonly CoreArg[]): WebAssembly.Imports {
    const imports = nameless<WebAssembly.ModuleImports>();
    for (const { name, value } of args) {
      if (value.tag === 'instance') {
        imports[name] = this.#coreInstances[value.instance]!;
        continue;
      }
      const bag = nameless<WebAssembly.ImportValue>();
      for (const item of value.exports) bag[item.name] = this.#core(item.value);
      imports[name] = bag;
    }
    return imports;
  }

  #core(ref: CoreRef): WebAssembly.ImportValue {
    if (ref.tag === 'trampoline') return this.#trampolines[ref.index]!;
    const value = this.#coreInstances[ref.instance]![ref.name];
    if (value !== undefined) return value;
    throw new LinkError(
      [{ path: [`core instance ${ref.instance}`, ref.name], expected: 'an export', given: 'nothing' }],
      'the component refers to an export that its core module does not have:',
    );
  }
}

/** The names are the component's: without a prototype none of them can mean anything else. */
function nameless<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
