import type {
  CoreFunction,
  FuseBinding,
  HostFunction,
  LiftBinding,
  LowerBinding,
  Prepared,
} from '@wit-ts/abi';
import type { Component as DecodedComponent } from '@wit-ts/component';
import { decode } from '@wit-ts/component/binary';
import { plan, type Plan } from '@wit-ts/plan';
import { type ChosenEngine, chooseEngine, type EngineChoice } from './choose-engine.ts';
import { checked, limitedModules, type Limits, moduleKey } from './limits.ts';
import type { Linking } from './linking/linking.ts';
import { needsOf } from './needs.ts';
import { readSource, type Source } from './source.ts';

export interface CompileOptions {
  /** Which execution of the Canonical ABI serves; `auto` by default. */
  readonly engine?: EngineChoice;
  /**
   * What an instance may take where it is not given limits of its own. Those of memories and tables are compiled in: core
   * modules that are given compiled must have been made for them, by `limitModule` of `@wit-ts/component/limits`.
   */
  readonly limits?: Limits;
}

/** Code of a component's functions, filled as instances need it; see `bind.ts`. */
export interface PreparedFunctions {
  readonly lifts: Map<string, Prepared<LiftBinding, HostFunction>>;
  readonly lowers: (Prepared<LowerBinding, CoreFunction> | undefined)[];
  /** Calls between components inside, by the trampoline. */
  readonly fuses: (Prepared<FuseBinding, CoreFunction> | undefined)[];
}

/** What a component is made of. */
export interface ComponentParts extends Pick<Component, 'decoded' | 'plan' | 'engine' | 'limits'> {
  /** The core modules, compiled for the limits. */
  readonly modules?: readonly WebAssembly.Module[];
  readonly link?: ((component: Component) => Linking) | undefined;
}

/**
 * A component made ready: its core modules are compiled, its plan is made, and code for its functions is kept once emitted.
 * It holds nothing of any instance; instantiate it as often as you like.
 */
export class Component {
  readonly decoded: DecodedComponent;
  readonly plan: Plan;
  readonly engine: ChosenEngine;
  /** What an instance may take where it is not given limits of its own. */
  readonly limits: Limits;
  /** The core modules for each pair of limits that instances had; see `limits.ts`. */
  readonly compiled = new Map<string, readonly WebAssembly.Module[]>();
  readonly #functions = new Map<string, PreparedFunctions>();

  /** What it has to do with other components, where those go in or out. */
  readonly linking: Linking | undefined;

  /** Made by `compile`. */
  constructor({ decoded, plan: flat, engine, limits, modules, link }: ComponentParts) {
    this.decoded = decoded;
    this.plan = flat;
    this.engine = engine;
    this.limits = limits;
    if (modules !== undefined) this.compiled.set(moduleKey(limits), modules);
    this.linking = link?.(this);
  }

  /** The code for instances with that limit on strings and lists, traced or not: both are parts of it. */
  functions(valueBytes: number | undefined, traced: boolean): PreparedFunctions {
    const key = `${valueBytes ?? ''} ${traced}`;
    let known = this.#functions.get(key);
    if (known === undefined) {
      known = { lifts: new Map(), lowers: [], fuses: [] };
      this.#functions.set(key, known);
    }
    return known;
  }
}

/**
 * Decodes a component, plans its instantiation and compiles its core modules, once for any number of instances.
 *
 * @throws DecodeError where the bytes are no component, with the offset
 * @throws LinkError where it does not fit into `limits`
 * @throws WebAssembly.CompileError where a core module inside is invalid
 */
export async function compile(source: Source, options: CompileOptions = {}): Promise<Component> {
  const { bytes, modules: given } = await readSource(source);
  const limits = checked(options.limits);
  const decoded = decode(bytes);
  // The platform compiles while the plan is made.
  const begun = given === undefined ? begin(decoded, limits) : new Map<Uint8Array, never>();
  const flat = plan(decoded);
  if (given !== undefined && given.length !== flat.modules.length) {
    throw new TypeError(
      `the component has ${flat.modules.length} core modules, and ${given.length} were given`,
    );
  }
  const modules = given ?? (await compileModules(flat.modules, limits, begun));
  const engine = await chooseEngine(options.engine ?? 'auto', needsOf(flat));
  const link = flat.higherOrder === true ? await linking() : undefined;
  return new Component({ decoded, plan: flat, engine, limits, modules, link });
}

/** Hardly any component deals in components. */
async function linking(): Promise<(component: Component) => Linking> {
  const { Linking } = await import('./linking/linking.ts');
  return (component) => new Linking(component);
}

type Begun = ReadonlyMap<Uint8Array, Promise<WebAssembly.Module>>;

/** Starts to compile the core modules of the root, which is where encoders put them. */
function begin({ definitions }: DecodedComponent, { memoryBytes, tableEntries }: Limits): Begun {
  const begun = new Map<Uint8Array, Promise<WebAssembly.Module>>();
  if (memoryBytes !== undefined || tableEntries !== undefined) return begun;
  for (const definition of definitions) {
    if (definition.tag !== 'core-module') continue;
    const compiling = compileModule(definition.bytes as BufferSource);
    // Where the plan fails first, nobody will ask.
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

/** In bytes; below, waiting for another thread takes longer than compiling (measured on V8 14). */
const SMALL = 32_768;

async function compileModule(bytes: BufferSource): Promise<WebAssembly.Module> {
  if (bytes.byteLength < SMALL) {
    try {
      return new WebAssembly.Module(bytes);
    } catch (error) {
      // Some browsers let their main thread wait for no compilation at all.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return WebAssembly.compile(bytes);
}

/**
 * The core modules inside a component, in the order in which `compile({ bytes, modules })` wants them compiled.
 *
 * @throws DecodeError where the bytes are no component
 */
export function componentModules(bytes: Uint8Array | ArrayBuffer): readonly Uint8Array[] {
  return plan(decode(bytes)).modules;
}
