import {
  type BorrowScope,
  ComponentInstance,
  type CoreFunction,
  type FuncType,
  type HostClass,
  type HostFunction,
  mentionsWaitables,
  resourceClass,
  resourceDrop,
  resourceNew,
  resourceRep,
  ResourceType,
} from '@wit-ts/abi';
import type { TypeDef } from '@wit-ts/model';
import type {
  CoreArg,
  CoreRef,
  FuncRef,
  ModuleRef,
  PlanImport,
  PlanLift,
  PlanOptions,
  PlanResource,
  Trampoline,
} from '@wit-ts/plan';
import { mentionsTasks } from '@wit-ts/plan';
import {
  callStyle,
  type Code,
  limited,
  type LiftUse,
  type Lower,
  preparedFuse,
  preparedLift,
  preparedLower,
} from './bind.ts';
import type { Component } from './component.ts';
import { type ComponentExports, exportsOf } from './exports.ts';
import { type Imports, linkImports, type LinkedImport } from './imports.ts';
import type { InstantiateOptions } from './instantiate.ts';
import type { Limits } from './limits.ts';
import { LinkError } from './link-error.ts';
import { notRun } from './tasks/unsupported.ts';
import { Tracer } from './trace.ts';
import type { Concurrent } from './tasks/concurrent.ts';
import type { DirectLinks } from './direct/direct-links.ts';

/** A core instance that is wanted. */
export interface CoreRequest {
  readonly module: WebAssembly.Module;
  readonly imports: WebAssembly.Imports;
  /** The component instance that wants it. */
  readonly instance: ComponentInstance;
  readonly from: ModuleRef;
}

/** Executes a plan: slots of the plan, filled step by step. */
export class Instantiation {
  readonly component: Component;
  readonly #modules: readonly WebAssembly.Module[];
  readonly #code: Code;
  readonly #tracer: Tracer | undefined;
  readonly #direct: DirectLinks | undefined;
  readonly #linked: readonly LinkedImport[];
  readonly #instances: ComponentInstance[] = [];
  readonly #coreInstances: WebAssembly.Exports[] = [];
  readonly #trampolines: CoreFunction[] = [];
  readonly #concurrent: Concurrent | undefined;
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
    const traced = options.trace !== undefined;
    this.#code = { ...component.functions(valueBytes, traced), maxBytes: valueBytes, traced };
    this.#tracer = options.trace === undefined ? undefined : new Tracer(options.trace);
    // What is traced goes through the engine, which is where it is seen.
    this.#direct = traced ? undefined : component.engine.directLinks?.(component.plan);
    if (component.engine.concurrent !== undefined && mentionsTasks(component.plan))
      this.#concurrent = component.engine.concurrent();
    this.#linked = linkImports(component.plan.imports, imports);
    for (const { parent, name } of component.plan.instances) {
      const around = parent === undefined ? undefined : this.#instances[parent];
      const path = around === undefined ? (options.name ?? 'component') : `${around.name} › ${name}`;
      this.#instances.push(new ComponentInstance(path, around, handles));
    }
  }

  *run(): Generator<CoreRequest, ComponentExports, WebAssembly.Exports> {
    const { plan } = this.component;
    const root = this.#instances[0]!;
    // The host may call nothing inside before it is given the exports, though start functions may have called the host.
    root.mayEnter = false;
    for (const step of plan.steps) {
      if (step.tag === 'instantiate-core') {
        const { module: from, args } = step;
        const instance = this.#instances[step.instance]!;
        const imports = this.#coreImports(args);
        this.#coreInstances[step.into] = yield { module: this.module(from), imports, instance, from };
      } else if (step.tag === 'trampoline') {
        this.#trampolines[step.index] = this.#trampoline(step.index, plan.trampolines[step.index]!);
      } else {
        const resource = plan.resources[step.index]!;
        const type = this.#resource(resource);
        this.#resources[step.index] = type;
        this.#resourceOf.set(resource.type, type);
      }
    }
    const exports = exportsOf(this, plan.exports);
    root.mayEnter = true;
    return exports;
  }

  resource(index: number): ResourceType {
    return this.#resources[index]!;
  }

  /** One class for a guest resource, however many interfaces export it. */
  guestClass(index: number, name: string): object {
    const type = this.resource(index);
    let made = this.#classes.get(type);
    if (made === undefined) {
      const { engine, plan } = this.component;
      made = engine.resourceClass?.(plan.resources[index]!.type, type, name) ?? resourceClass(type, name);
      this.#classes.set(type, made);
    }
    return made;
  }

  module(ref: ModuleRef): WebAssembly.Module {
    if (ref.tag === 'module') return this.#modules[ref.index]!;
    return this.#linked[ref.import] as WebAssembly.Module;
  }

  /** A component function for the host. `scope` is the name of the interface that exports it. */
  exported(ref: FuncRef, use: LiftUse, name: string, scope: string): HostFunction {
    const full = scope === '' ? name : `${scope}#${name}`;
    if (ref.tag === 'import') return this.#passedOn(ref.import, full);
    const func = this.#func(ref, use, full);
    const instance = this.#instances[this.component.plan.lifts[ref.index]!.instance]!;
    return this.#tracer?.exported(func, full, instance) ?? func;
  }

  /** A function of the host that the component exports: held to its type, though no core wasm is on the way. */
  #passedOn(index: number, name: string): HostFunction {
    const call = plainCall(this.#linked[index] as HostFunction, this.component.plan.imports, index);
    const { item } = this.component.plan.imports[index]!;
    const { passedOn } = this.component.engine;
    if (item.tag !== 'func' || passedOn === undefined) return call;
    const func = passedOn(item.type, name, call, (types) => this.#resourceTypes(types));
    return this.#tracer?.exported(func, name, this.#instances[0]!) ?? func;
  }

  /** A component function for the host, or for the component instance that calls. */
  #func(ref: FuncRef, use: LiftUse, name: string, caller?: ComponentInstance): HostFunction {
    if (ref.tag === 'import') return this.#linked[ref.import] as HostFunction;
    const lift = this.component.plan.lifts[ref.index]!;
    const forHost = use !== 'component';
    const prepared = preparedLift(this.component, this.#code, ref.index, use, name);
    const scope = { borrows: 0 };
    const bound = prepared.bind({
      core: this.#lifted(lift, scope, forHost),
      scope,
      ...this.#options(lift.options, lift),
      instance: this.#instances[lift.instance]!,
      ...(caller === undefined ? {} : { caller }),
      resources: this.#resourceTypes(prepared.resources),
    });
    return this.#concurrent?.lifted(bound, lift, forHost) ?? bound;
  }

  #trampoline(index: number, trampoline: Trampoline): CoreFunction {
    const instance = this.#instances[trampoline.instance]!;
    switch (trampoline.tag) {
      case 'lower': {
        const inside = this.#linkedDirectly(index, trampoline) ?? this.#fused(index, trampoline);
        if (inside !== undefined) return inside;
        const prepared = preparedLower(this.component, this.#code, index, trampoline);
        const lowered = prepared.bind({
          callee: this.#callee(trampoline.func, instance),
          ...this.#options(trampoline.options, trampoline),
          instance,
          resources: this.#resourceTypes(prepared.resources),
        });
        return trampoline.options.canonical.async ? this.#concurrent!.lowered(lowered) : lowered;
      }
      case 'resource.new':
        return resourceNew(this.resource(trampoline.resource), instance);
      case 'resource.drop':
        return this.#drop(this.resource(trampoline.resource), instance);
      case 'resource.rep':
        return resourceRep(this.resource(trampoline.resource), instance);
      case 'builtin':
        return this.#concurrent!.builtin(trampoline, {
          instance,
          taking: (callee, forHost) => this.#taking(trampoline, callee, forHost),
          core: (ref) => this.#core(ref),
        });
    }
  }

  /** The core function of another component, where the call is one of core wasm. */
  #linkedDirectly(index: number, lower: Lower): CoreFunction | undefined {
    if (lower.func.tag === 'import' || this.#direct?.has(index) !== true) return undefined;
    const lift = this.component.plan.lifts[lower.func.index]!;
    const core = this.#core(lift.core) as CoreFunction;
    return this.#direct.link(index, lift, core, this.#instances[lower.instance]!);
  }

  /** The function of another component, where nothing but components needs to see its values. */
  #fused(index: number, lower: Lower): CoreFunction | undefined {
    const { fuse } = this.component.engine;
    if (lower.func.tag === 'import' || fuse === undefined || this.#tracer !== undefined) return undefined;
    const lift = this.component.plan.lifts[lower.func.index]!;
    const isAsync = lower.options.canonical.async || lift.options.canonical.async;
    if (isAsync || lift.instance === lower.instance || mentionsWaitables(lift.type)) return undefined;
    const prepared = preparedFuse(fuse, this.#code, index, lower, lift);
    const { postReturn, ...callee } = this.#options(lift.options, lift);
    return prepared.bind({
      core: this.#lifted(lift, { borrows: 0 }, false),
      ...(postReturn === undefined ? {} : { postReturn }),
      caller: { ...this.#options(lower.options, lower), instance: this.#instances[lower.instance]! },
      callee: { ...callee, instance: this.#instances[lift.instance]! },
      resources: this.#resourceTypes(prepared.resources),
    });
  }

  /** What a lift calls. Where that was lowered before, core wasm has to stand between, which knows the types of core values. */
  #lifted(lift: PlanLift, scope: BorrowScope, forHost: boolean): CoreFunction {
    const { core: ref, options, type } = lift;
    let core = this.#core(ref) as CoreFunction;
    if (ref.tag === 'trampoline')
      core = this.component.engine.throughCore?.(core, options.canonical, type) ?? core;
    if (this.#concurrent === undefined) return core;
    const instance = this.#instances[lift.instance]!;
    const callback = options.callback && (this.#core(options.callback) as CoreFunction);
    return this.#concurrent.core(core, lift, instance, scope, forHost, callback);
  }

  /** A core function of an instance's that lifts its one argument and hands it on. */
  #taking(
    { type, options, instance }: Extract<Trampoline, { tag: 'builtin' }>,
    callee: HostFunction,
    forHost: boolean,
  ): CoreFunction {
    const taken: FuncType = {
      async: false,
      params: type === undefined ? [] : [{ name: 'result', type }],
    };
    if (mentionsWaitables(taken)) return notRun('task.return', this.#instances[instance]!);
    const prepared = this.component.engine.lower({
      type: taken,
      options: limited(options!.canonical, this.#code.maxBytes),
      name: 'task.return',
      call: { tag: 'function' },
      peer: forHost ? 'host' : 'component',
    });
    return prepared.bind({
      callee,
      ...this.#options(options!, { instance, type: taken }),
      instance: this.#instances[instance]!,
      resources: this.#resourceTypes(prepared.resources),
    });
  }

  #callee(ref: FuncRef, caller: ComponentInstance): HostFunction {
    const tracer = this.#tracer;
    if (ref.tag === 'lift') {
      const { name, instance } = this.component.plan.lifts[ref.index]!;
      const func = this.#func(ref, 'component', name, caller);
      return tracer === undefined ? func : tracer.inside(func, name, this.#instances[instance]!);
    }
    const linked = this.#linked[ref.import] as HostFunction;
    const { imports } = this.component.plan;
    const { path, item } = imports[ref.import]!;
    const isAsync = item.tag === 'func' && item.type.async;
    if (tracer === undefined && !isAsync) return linked;
    const name = path.join('#');
    const call = plainCall(linked, imports, ref.import);
    const traced = tracer?.imported(call, name, caller) ?? call;
    return isAsync ? this.#concurrent!.awaited(traced as typeof call, name) : traced;
  }

  #drop(type: ResourceType, instance: ComponentInstance): CoreFunction {
    const drop = resourceDrop(type, instance);
    return this.#tracer === undefined ? drop : this.#tracer.dropped(drop, type, instance);
  }

  #resource(resource: PlanResource): ResourceType {
    if (resource.tag === 'host') {
      return ResourceType.ofHost(resource.name, this.#linked[resource.import] as HostClass | undefined);
    }
    const { destructor, name } = resource;
    const instance = this.#instances[resource.instance]!;
    if (destructor === undefined) return ResourceType.ofGuest(name, instance);
    const own = this.#core(destructor) as CoreFunction;
    const core = (this.#concurrent?.apart(own) ?? own) as (rep: number) => unknown;
    return ResourceType.ofGuest(name, instance, this.#tracer?.destroyed(core, name, instance) ?? core);
  }

  #resourceTypes(types: readonly TypeDef[]): readonly ResourceType[] {
    return types.map((type) => this.#resourceOf.get(type)!);
  }

  #options(
    { canonical, memory, realloc, postReturn, callback }: PlanOptions,
    { instance, type }: { readonly instance: number; readonly type: FuncType },
  ): {
    readonly memory?: WebAssembly.Memory;
    readonly realloc?: CoreFunction;
    readonly postReturn?: CoreFunction;
    readonly callback?: CoreFunction;
  } {
    const func = (ref: CoreRef): CoreFunction => this.#core(ref) as CoreFunction;
    const [direct, concurrent] = [this.#direct, this.#concurrent];
    const reallocate = (ref: CoreRef): CoreFunction =>
      concurrent?.apart(func(ref)) ?? direct?.realloc(instance, func(ref), canonical) ?? func(ref);
    const finish = (ref: CoreRef): CoreFunction =>
      concurrent?.postReturn(func(ref)) ??
      direct?.postReturn(instance, func(ref), canonical, type) ??
      func(ref);
    return {
      ...(memory === undefined ? {} : { memory: this.#core(memory) as WebAssembly.Memory }),
      ...(realloc === undefined ? {} : { realloc: reallocate(realloc) }),
      ...(postReturn === undefined ? {} : { postReturn: finish(postReturn) }),
      ...(callback === undefined ? {} : { callback: func(callback) }),
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

/** A function, method or constructor of the host as a function of all its arguments. */
function plainCall(
  linked: HostFunction,
  imports: readonly PlanImport[],
  index: number,
): (...args: readonly unknown[]) => unknown {
  const style = callStyle(imports, index);
  switch (style.tag) {
    case 'function':
      return linked as (...args: readonly unknown[]) => unknown;
    case 'new':
      return (...args) => Reflect.construct(linked, args) as unknown;
    case 'method':
      return (self, ...args) =>
        (self as Record<string, (...values: readonly unknown[]) => unknown>)[style.name]!(...args);
  }
}

/** The names are the component's: without a prototype none of them can mean anything else. */
function nameless<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
