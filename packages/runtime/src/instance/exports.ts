import type { HostFunction } from '@wit-ts/abi';
import type { Keys } from '@wit-ts/mapping';
import type { ModuleRef } from '@wit-ts/plan';
import { moduleBytes } from '../module-bytes.ts';
import type { ExportedClass, ExportWiring } from '../wiring/wiring.ts';
import type { BoundaryFunctions } from './boundary-functions.ts';
import type { InstanceState } from './instance-state.ts';

/** What `instantiate` returns to a caller without bindings. */
// oxlint-disable-next-line typescript/no-explicit-any -- without bindings nothing is known of the exports
export type ComponentExports = Record<string, any>;

/** Makes the exports of an instance, as the wiring says. */
export function exportsOf(state: InstanceState, functions: BoundaryFunctions): ComponentExports {
  return new ExportMaker(state, functions).object(state.wiring.exports);
}

class ExportMaker {
  readonly #state: InstanceState;
  readonly #functions: BoundaryFunctions;
  /** Objects and classes that are made already: each may be exported under many names. */
  readonly #objects = new Map<readonly ExportWiring[], ComponentExports>();
  readonly #classes = new Map<number, object>();

  constructor(state: InstanceState, functions: BoundaryFunctions) {
    this.#state = state;
    this.#functions = functions;
  }

  object(members: readonly ExportWiring[]): ComponentExports {
    let object = this.#objects.get(members);
    if (object !== undefined) return object;
    object = {};
    this.#objects.set(members, object);
    for (const member of members) this.#define(object, member);
    return Object.freeze(object);
  }

  #define(object: object, member: ExportWiring): void {
    switch (member.tag) {
      case 'function':
        return define(object, member.keys, this.#function(member.function));
      case 'class': {
        const value = this.#class(member);
        return value === undefined ? undefined : define(object, member.keys, value);
      }
      case 'object':
        return define(object, member.keys, this.object(member.members));
      case 'module':
        return define(object, member.keys, this.#module(member.module));
      case 'component': {
        const { component } = this.#state;
        return defineLate(object, member.keys, () =>
          component.linking!.exported(member.component, this.#state),
        );
      }
    }
  }

  #function(index: number): HostFunction {
    return this.#functions.exported(this.#state.wiring.functions[index]!);
  }

  /** A resource of the host has the class that the host gave, or none. */
  #class({ keys, resource, functions }: ExportedClass): object | undefined {
    const type = this.#state.resources[resource]!;
    if (type.implementer === undefined) return type.hostClass;
    let made = this.#classes.get(resource);
    if (made === undefined) {
      const { engine, plan } = this.#state.component;
      made = engine.host.resourceClass(plan.resources[resource]!.type, type, keys[0]);
      this.#classes.set(resource, made);
    }
    for (const { style, key, function: index } of functions) {
      const value = this.#function(index);
      if (style === 'constructor') type.construct = value;
      else {
        const owner = style === 'static' ? made : (Reflect.get(made, 'prototype') as object);
        Object.defineProperty(owner, key, { value, writable: true, configurable: true });
      }
    }
    return made;
  }

  #module(ref: ModuleRef): WebAssembly.Module {
    const module = this.#state.module(ref);
    if (ref.tag === 'module') moduleBytes.set(module, this.#state.component.plan.modules[ref.index]!);
    return module;
  }
}

/** Defines a property that is made when it is read: few callers read the components that an instance exports. */
function defineLate(object: object, keys: Keys, make: () => unknown): void {
  let made: unknown;
  for (const key of keys)
    Object.defineProperty(object, key, { get: () => (made ??= make()), enumerable: true });
}

/** Defines own properties, whatever their names: an assignment to `__proto__` would set a prototype. */
function define(object: object, keys: Keys, value: unknown): void {
  for (const key of keys) Object.defineProperty(object, key, { value, enumerable: true });
}
