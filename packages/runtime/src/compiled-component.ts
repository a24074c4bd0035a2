import type { Component as DecodedComponent } from '@wit-ts/component';
import type { MappingChoices } from '@wit-ts/mapping';
import { withoutPrototype } from '@wit-ts/model';
import { mentionsTasks, type Plan } from '@wit-ts/plan';
import type { ChosenEngine } from './choose-engine.ts';
import { FunctionCode } from './function-code.ts';
import type { ModuleLimit } from './instance-budget.ts';
import type { Limits } from './limits.ts';
import type { Linking } from './linking/linking.ts';
import { type ModuleForm, PLAIN } from './module-form.ts';
import type { OptionalParts } from './optional-parts.ts';
import { wire } from './wiring/wire.ts';
import type { Wiring } from './wiring/wiring.ts';

/** What a component is made of. */
interface ComponentParts extends Pick<Component, 'decoded' | 'plan' | 'engine' | 'parts' | 'limits'> {
  /** Absent for the default mapping. */
  readonly mapping?: MappingChoices | undefined;
  readonly code?: FunctionCode;
  /** Absent for a component inside another one, which may use what is around it. */
  readonly bytes?: Uint8Array | undefined;
  /** The core modules, compiled as they are. */
  readonly modules?: CompiledModules | undefined;
  readonly link?: ((component: Component) => Linking) | undefined;
}

/** The core modules of a plan. */
export interface CompiledModules {
  readonly modules: readonly WebAssembly.Module[];
  /** Present when the modules are limited: what each of them takes. */
  readonly moduleLimits: readonly ModuleLimit[] | undefined;
}

/** A component in a form that `postMessage` and `structuredClone` take, and that `compile` takes as a source. */
export interface TransferableComponent {
  /** A copy, which may be transferred. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The compiled core modules: they are not compiled again. */
  readonly modules: readonly WebAssembly.Module[];
}

/**
 * A compiled component: its core modules are compiled, its instantiation is planned, and its functions are wired and
 * emitted when the first instance needs them. It holds nothing of an instance, and can be instantiated any number of
 * times.
 *
 * It has functions, so it cannot be posted to another thread; `toTransferable` returns what can.
 */
export class Component {
  readonly bytes: Uint8Array | undefined;
  readonly decoded: DecodedComponent;
  readonly plan: Plan;
  readonly engine: ChosenEngine;
  readonly parts: OptionalParts;
  /** The limits of instances that are made without limits. */
  readonly limits: Limits | undefined;
  /** The core modules as they are, and rewritten in other ways; see `limited-modules.ts`. */
  readonly compiled = new Map<ModuleForm, CompiledModules>();
  /** Present when components are imported or exported. */
  readonly linking: Linking | undefined;
  readonly hasTasks: boolean;
  /** The code of functions for instances without limits. */
  readonly code: FunctionCode;
  /** How names and values look; absent for the default mapping. */
  readonly mapping: MappingChoices | undefined;
  readonly #wirings = new Map<boolean, Wiring>();

  /** Made by `compile`. */
  constructor(given: ComponentParts) {
    const {
      bytes,
      decoded,
      plan: flat,
      engine,
      parts,
      limits,
      modules,
      link,
      mapping,
      code,
    } = withoutPrototype(given);
    this.bytes = bytes;
    this.decoded = decoded;
    this.plan = flat;
    this.engine = engine;
    this.code = code ?? new (parts.tasks?.TaskCode ?? FunctionCode)(engine);
    this.mapping = mapping;
    this.parts = parts;
    this.limits = limits;
    this.hasTasks = mentionsTasks(flat);
    if (modules !== undefined) this.compiled.set(PLAIN, modules);
    this.linking = link?.(this);
  }

  /**
   * Returns the component for another thread: `worker.postMessage(component.toTransferable())`, and in the worker
   * `await compile(message)`. Give the limits and the engine to `compile` there, too.
   *
   * @throws TypeError when the component came out of an instance of another one, or has imported ones inside
   */
  toTransferable(): TransferableComponent {
    // The first are those that `compile` made; instances with other limits may have added others.
    const [compiled] = this.compiled.values();
    if (this.bytes === undefined || compiled === undefined)
      throw new TypeError(
        'a component that an instance exports cannot be posted to another thread: post the component of that instance, and instantiate it there',
      );
    return { bytes: new Uint8Array(this.bytes), modules: [...compiled.modules] };
  }

  /** How the functions of instances are made, with a trace or without one. */
  wiring(isTraced: boolean): Wiring {
    let wiring = this.#wirings.get(isTraced);
    if (wiring === undefined) {
      const { plan: flat, parts, engine, hasTasks } = this;
      wiring = wire(flat, { isTraced, hasTasks, fuses: engine.calls !== undefined, parts });
      this.#wirings.set(isTraced, wiring);
    }
    return wiring;
  }
}
