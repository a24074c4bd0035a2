import type { Component as DecodedComponent } from '@wit-ts/component';
import { isThenable } from '@wit-ts/abi';
import { decodeWith } from '@wit-ts/component/binary';
import { mentionsTasks, type Plan, planWith } from '@wit-ts/plan';
import { type ChosenEngine, chooseEngine, type EngineChoice } from './choose-engine.ts';
import { FunctionCode } from './function-code.ts';
import { limitedModules, type Limits, limitsOf, moduleKey } from './limits.ts';
import type { Linking } from './linking/linking.ts';
import { loadParts, needsOf, type OptionalParts } from './optional-parts.ts';
import { readSource, type Source } from './source.ts';
import { wire } from './wiring/wire.ts';
import type { Wiring } from './wiring/wiring.ts';

/** The options of `compile`. */
export interface CompileOptions {
  /** The execution of the Canonical ABI; `auto` by default. */
  readonly engine?: EngineChoice;
  /**
   * The limits of instances that are made without limits. The limits of memories and tables are compiled in: core
   * modules that are given compiled must have been written by `limitModule` of `@wit-ts/component/limits`.
   */
  readonly limits?: Limits;
}

/** What a component is made of. */
interface ComponentParts extends Pick<Component, 'decoded' | 'plan' | 'engine' | 'parts' | 'limits'> {
  /** The core modules, compiled for the limits. */
  readonly modules?: readonly WebAssembly.Module[];
  readonly link?: ((component: Component) => Linking) | undefined;
}

/**
 * A compiled component: its core modules are compiled, its instantiation is planned, and its functions are wired and
 * emitted when the first instance needs them. It holds nothing of an instance, and can be instantiated any number of
 * times.
 */
export class Component {
  readonly decoded: DecodedComponent;
  readonly plan: Plan;
  readonly engine: ChosenEngine;
  readonly parts: OptionalParts;
  /** The limits of instances that are made without limits. */
  readonly limits: Limits;
  /** The core modules for each pair of limits that instances had; see `limits.ts`. */
  readonly compiled = new Map<string, readonly WebAssembly.Module[]>();
  /** Present when components are imported or exported. */
  readonly linking: Linking | undefined;
  readonly hasTasks: boolean;
  readonly #wirings = new Map<boolean, Wiring>();
  readonly #code = new Map<number | undefined, FunctionCode>();

  /** Made by `compile`. */
  constructor({ decoded, plan: flat, engine, parts, limits, modules, link }: ComponentParts) {
    this.decoded = decoded;
    this.plan = flat;
    this.engine = engine;
    this.parts = parts;
    this.limits = limits;
    this.hasTasks = mentionsTasks(flat);
    if (modules !== undefined) this.compiled.set(moduleKey(limits), modules);
    this.linking = link?.(this);
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

  /** The code of functions for instances with a limit on strings and lists, in bytes. */
  code(valueBytes: number | undefined): FunctionCode {
    let code = this.#code.get(valueBytes);
    if (code === undefined) this.#code.set(valueBytes, (code = new FunctionCode(this.engine, valueBytes)));
    return code;
  }
}

/**
 * Compiles a component, once for any number of instances: decodes it, plans its instantiation and compiles its core
 * modules.
 *
 * @throws DecodeError when the bytes are not a component, with the offset
 * @throws LinkError when the component exceeds `limits` from the start
 * @throws WebAssembly.CompileError when a core module inside is invalid
 */
export async function compile(source: Source, options: CompileOptions = {}): Promise<Component> {
  // `readSource` must be called before anything is awaited.
  const { bytes, modules: given } = await readSource(source);
  const limits = limitsOf({ limits: {} }, options.limits);
  const decoded = await orExplained(
    () => decodeWith(bytes),
    (code) => code.decode(bytes),
  );
  // The platform compiles while the plan is made.
  const begun = given === undefined ? begin(decoded, limits) : new Map<Uint8Array, never>();
  const flat = await orExplained(
    () => planWith(decoded),
    (code) => code.plan(decoded),
  );
  if (given !== undefined && given.length !== flat.modules.length) {
    throw new TypeError(
      `the component has ${flat.modules.length} core modules, and ${given.length} were given`,
    );
  }
  const modules = given ?? (await compileModules(flat.modules, limits, begun));
  const needs = needsOf(flat);
  const engine = await chooseEngine(options.engine ?? 'auto', needs);
  const parts = await loadParts(needs);
  const link = flat.higherOrder === true ? await linking() : undefined;
  return new Component({ decoded, plan: flat, engine, parts, limits, modules, link });
}

/** What `instantiate` takes: a compiled component or its source, or a promise of one of them. */
export type ComponentSource = Source | Component | PromiseLike<Component>;

/** Returns the component that is given, or compiles its source. Bytes are copied before the function returns. */
export async function componentOf(source: ComponentSource, options: CompileOptions): Promise<Component> {
  const given = !(source instanceof Component) && isThenable(source) ? await source : source;
  return given instanceof Component ? given : compile(given as Source, options);
}

/** Few components import or export components. */
async function linking(): Promise<(component: Component) => Linking> {
  const { Linking } = await import('./linking/linking.ts');
  return (component) => new Linking(component);
}

type Begun = ReadonlyMap<Uint8Array, Promise<WebAssembly.Module>>;

/** Starts to compile the core modules of the root component, where tools put them. */
function begin({ definitions }: DecodedComponent, { memoryBytes, tableEntries }: Limits): Begun {
  const begun = new Map<Uint8Array, Promise<WebAssembly.Module>>();
  if (memoryBytes !== undefined || tableEntries !== undefined) return begun;
  for (const definition of definitions) {
    if (definition.tag !== 'core-module') continue;
    const compiling = compileModule(definition.bytes as BufferSource);
    // Nobody awaits this promise if the plan fails first.
    compiling.catch(() => undefined);
    begun.set(definition.bytes, compiling);
  }
  return begun;
}

async function compileModules(
  modules: readonly Uint8Array[],
  limits: Limits,
  begun: Begun,
): Promise<WebAssembly.Module[]> {
  const limited = await limitedModules(modules, limits);
  return Promise.all(limited.map((bytes) => begun.get(bytes) ?? compileModule(bytes as BufferSource)));
}

/** The size in bytes below which compiling takes less time than waiting for another thread (measured on V8 14). */
const SMALL = 32_768;

async function compileModule(bytes: BufferSource): Promise<WebAssembly.Module> {
  if (bytes.byteLength < SMALL) {
    try {
      return new WebAssembly.Module(bytes);
    } catch (error) {
      // Some browsers do not compile on their main thread.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return WebAssembly.compile(bytes);
}

/**
 * Returns what `read` returns. When that fails, the code is loaded that knows rare definitions and the texts of errors,
 * to read again.
 */
async function orExplained<T>(
  read: () => T,
  explained: (code: typeof import('./explained.ts')) => T,
): Promise<T> {
  try {
    return read();
  } catch (error) {
    // Where no code is loaded on demand, as in a service worker, the shorter error has to do.
    const code = await import('./explained.ts').catch(() => {
      throw error;
    });
    return explained(code);
  }
}
