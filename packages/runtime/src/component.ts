import type { Component as DecodedComponent } from '@wit-ts/component';
import { isThenable } from '@wit-ts/abi';
import { decodeWith } from '@wit-ts/component/binary';
import { planCommon } from '@wit-ts/plan';
import { type EngineChoice, loadEngine, withParts } from './choose-engine.ts';
import { Component } from './compiled-component.ts';
import { partNotLoaded } from './engine/host-engine.ts';
import { diagnosticsAndTrace } from './errors-on-demand.ts';
import { type Limits, startLimits } from './limits.ts';
import { LinkError } from './link-error.ts';
import type { Linking } from './linking/linking.ts';
import { needsLimits } from './needs-limits.ts';
import { loadParts, needsOf } from './optional-parts.ts';
import { ownOptions } from './own-options.ts';
import { readSource, type Source } from './source.ts';

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
  const loading = loadEngine(choice);
  // Nobody awaits this promise if the component cannot be read.
  loading.catch(() => undefined);
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
  const [engine, loaded] = await Promise.all([
    loading.then((made) => withParts(made, needs)),
    loadParts(needs),
  ]);
  const parts = { ...loaded, resources: engine.host.resources };
  const link = flat.higherOrder === true ? await linking() : undefined;
  const component = new Component({ bytes, decoded, plan: flat, engine, parts, limits, modules, link });
  await started?.compile(component, given);
  return component;
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
  const { Linking } = await import('./linking/linking.ts').catch(partNotLoaded);
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
