import { withoutPrototype } from '@wit-ts/model';
import type { Component as DecodedComponent } from '@wit-ts/component';
import { isThenable } from '@wit-ts/abi';
import { decodeWith } from '@wit-ts/component/binary';
import type { MappingChoices } from '@wit-ts/mapping';
import { mentionsTasks, type Plan, planCommon } from '@wit-ts/plan';
import { type ChosenEngine, chooseEngine, type EngineChoice } from './choose-engine.ts';
import { diagnosticsAndTrace } from './errors-on-demand.ts';
import { FunctionCode } from './function-code.ts';
import type { ModuleLimit } from './instance-budget.ts';
import { type Limits, startLimits } from './limits.ts';
import { LinkError } from './link-error.ts';
import type { Linking } from './linking/linking.ts';
import { type ModuleForm, PLAIN } from './module-form.ts';
import { loadParts, needsOf, type OptionalParts } from './optional-parts.ts';
import { ownOptions } from './own-options.ts';
import { readSource, type Source } from './source.ts';
import { wire } from './wiring/wire.ts';
import type { Wiring } from './wiring/wiring.ts';

/** The options of `compile`. */
export interface CompileOptions {
  /** The execution of the Canonical ABI; `auto` by default. */
  readonly engine?: EngineChoice;
  /**
   * The limits of instances that are made without limits. Core modules that are given compiled must be what
   * `meterModule` of `@wit-ts/component/fuel` returned, if there is fuel, and `limitModule` of
   * `@wit-ts/component/limits` after that, if memories, tables or instances are limited.
   */
  readonly limits?: Limits;
}

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
      throw new TypeError('a component that another one returned cannot be posted: post the other one');
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
  const { engine: choice = 'auto', limits: own } = ownOptions(options);
  const { bytes, modules: given } = await readSource(source);
  const started = own === undefined ? own : await startLimits(own);
  const limits = started?.limits;
  const begun: Begun = new Map();
  const { decoded, plan: flat } = await decodeAndPlan(bytes, (component) => {
    started?.check(component);
    if (given === undefined && limits === undefined) begin(component, begun);
  });
  const count = flat.modules.length;
  if (given && (given.length !== count || (limits === undefined && given.some(needsLimits)))) {
    const parts = await diagnosticsAndTrace();
    throw parts?.refusedModules(count, given.length) ?? new TypeError('the core modules do not fit');
  }
  const modules =
    limits === undefined
      ? { modules: given ?? (await compileModules(flat.modules, begun)), moduleLimits: undefined }
      : undefined;
  const needs = needsOf(flat);
  const engine = await chooseEngine(choice, needs);
  const parts = await loadParts(needs);
  const link = flat.higherOrder === true ? await linking() : undefined;
  const component = new Component({ bytes, decoded, plan: flat, engine, parts, limits, modules, link });
  await started?.compile(component, given);
  return component;
}

/** Returns true when a module was rewritten for limits, so that its instances must be prepared. */
function needsLimits(module: WebAssembly.Module): boolean {
  const { exports, imports } = WebAssembly.Module;
  return JSON.stringify([exports(module), imports(module)]).includes(':"wit-ts:');
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

/** The core modules that the platform compiles already, by their bytes. */
type Begun = Map<Uint8Array, Promise<WebAssembly.Module>>;

/** Starts to compile the core modules of the root component, where tools put them. */
function begin({ definitions }: DecodedComponent, begun: Begun): void {
  for (const definition of definitions) {
    if (definition.tag !== 'core-module') continue;
    const compiling = compileModule(definition.bytes as BufferSource);
    // Nobody awaits this promise if the plan fails first.
    compiling.catch(() => undefined);
    begun.set(definition.bytes, compiling);
  }
}

function compileModules(modules: readonly Uint8Array[], begun: Begun): Promise<WebAssembly.Module[]> {
  return Promise.all(modules.map((bytes) => begun.get(bytes) ?? compileModule(bytes as BufferSource)));
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
 * Decodes a component and plans its instantiation. When that fails, the code is loaded that knows what few components
 * have and the texts of errors, to do it again.
 *
 * @param onDecoded receives the decoded component before it is planned
 */
async function decodeAndPlan(
  bytes: Uint8Array,
  onDecoded: (decoded: DecodedComponent) => void,
): Promise<Pick<Component, 'decoded' | 'plan'>> {
  let decoded: DecodedComponent | undefined;
  try {
    decoded = decodeWith(bytes);
    onDecoded(decoded);
    return { decoded, plan: planCommon(decoded) };
  } catch (error) {
    if (error instanceof LinkError) throw error;
    // Where no code is loaded on demand, as in a service worker, the shorter error has to do.
    const code = await import('./explained.ts').catch(() => {
      throw error;
    });
    if (decoded === undefined) {
      decoded = code.decode(bytes);
      onDecoded(decoded);
    }
    return { decoded, plan: code.plan(decoded) };
  }
}
