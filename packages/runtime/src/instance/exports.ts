import { withoutPrototype } from '@wit-ts/model';
import type { HostFunction, ResourceType } from '@wit-ts/abi';
import type { ModuleRef } from '@wit-ts/plan';
import type { Component } from '../compiled-component.ts';
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
  /** Objects that are made already: one interface may be exported under many names. */
  readonly #objects = new Map<readonly ExportWiring[], ComponentExports>();
  /** Classes that are made already: one resource may be exported by many interfaces. */
  readonly #classes = new Map<ResourceType, object>();

  constructor(state: InstanceState, functions: BoundaryFunctions) {
    this.#state = state;
    this.#functions = functions;
  }

  object(members: readonly ExportWiring[]): ComponentExports {
    let object = this.#objects.get(members);
    if (object === undefined) {
      this.#objects.set(members, (object = {}));
      for (const member of members) this.#define(object, member);
    }
    return Object.freeze(object);
  }

  /** Defines own properties, whatever their names: an assignment to `__proto__` would set a prototype. */
  #define(object: object, member: ExportWiring): void {
    const value = this.#value(member);
    for (const key of value === undefined ? [] : member.keys) {
      // A component is made when it is read, because few callers read it.
      const property = member.tag === 'component' ? { get: value as () => unknown } : { value };
      Object.defineProperty(object, key, withoutPrototype({ ...property, enumerable: true }));
    }
  }

  #value(member: ExportWiring): unknown {
    switch (member.tag) {
      case 'function':
        return this.#function(member.function);
      case 'class':
        return this.#class(member);
      case 'object':
        return this.object(member.members);
      case 'module':
        return this.#module(member.module);
      case 'component': {
        let made: Component | undefined;
        const { linking } = this.#state.component;
        return () => (made ??= linking!.exported(member.component, this.#state));
      }
    }
  }

  #function(index: number): HostFunction {
    return this.#functions.exported(this.#state.wiring.functions[index]!);
  }

  /** Returns the class of a resource. A resource of the host has the class that the host gave, or none. */
  #class({ keys, resource, functions }: ExportedClass): object | undefined {
    const type = this.#state.resources[resource]!;
    if (type.implementer === undefined) return type.hostClass;
    let made = this.#classes.get(type);
    if (made === undefined) {
      const { code, component } = this.#state;
      made = code.resourceClass(component.plan.resources[resource]!.type, type, keys[0]);
      this.#classes.set(type, made);
    }
    for (const { style, key, function: index } of functions) {
      const value = this.#function(index);
      if (style === 'constructor') type.construct = value;
      else {
        const owner = style === 'static' ? made : (Reflect.get(made, 'prototype') as object);
        Object.defineProperty(owner, key, withoutPrototype({ value, writable: true, configurable: true }));
      }
    }
    return made;
  }

  #module(ref: ModuleRef): WebAssembly.Module {
    if (ref.tag === 'import') return this.#state.module(ref);
    const bytes = this.#state.component.plan.modules[ref.index];
    // A static module has no bytes of its core modules.
    if (bytes === undefined) return this.#state.module(ref);
    // Only this instance can prepare what was rewritten for it. Others get the module as it is in the component.
    const isRewritten = this.#state.budget?.hasRewritten(ref.index) === true;
    const module = isRewritten ? new WebAssembly.Module(bytes as BufferSource) : this.#state.module(ref);
    moduleBytes.set(module, bytes);
    return module;
  }
}
