import type { Engine, LiftBinding, LowerBinding, CoreFunction, HostFunction, Prepared } from '@wit-ts/abi';
import type { Component as DecodedComponent } from '@wit-ts/component';
import { decode } from '@wit-ts/component/binary';
import { plan, type Plan } from '@wit-ts/plan';
import { chooseEngine, type EngineChoice } from './choose-engine.ts';
import { readSource, type Source } from './source.ts';

export interface CompileOptions {
  /** Which execution of the Canonical ABI serves; `auto` by default. */
  readonly engine?: EngineChoice;
}

/**
 * A component made ready: its core modules are compiled, its plan is made, and code for its functions is kept once emitted.
 * It holds nothing of any instance; instantiate it as often as you like.
 */
export class Component {
  readonly decoded: DecodedComponent;
  readonly plan: Plan;
  readonly modules: readonly WebAssembly.Module[];
  readonly engine: Engine;
  /** Filled as instances need them; see `bind.ts`. */
  readonly lifts = new Map<string, Prepared<LiftBinding, HostFunction>>();
  readonly lowers: (Prepared<LowerBinding, CoreFunction> | undefined)[] = [];

  /** Made by `compile`. */
  constructor(decoded: DecodedComponent, flat: Plan, modules: readonly WebAssembly.Module[], engine: Engine) {
    this.decoded = decoded;
    this.plan = flat;
    this.modules = modules;
    this.engine = engine;
  }
}

/**
 * Decodes a component, plans its instantiation and compiles its core modules, once for any number of instances.
 *
 * @throws DecodeError where the bytes are no component, with the offset
 * @throws WebAssembly.CompileError where a core module inside is invalid
 */
export async function compile(source: Source, options: CompileOptions = {}): Promise<Component> {
  const { bytes, modules: given } = await readSource(source);
  const decoded = decode(bytes);
  const flat = plan(decoded);
  if (given !== undefined && given.length !== flat.modules.length) {
    throw new TypeError(
      `the component has ${flat.modules.length} core modules, and ${given.length} were given`,
    );
  }
  const modules =
    given ?? (await Promise.all(flat.modules.map((module) => WebAssembly.compile(module as BufferSource))));
  return new Component(decoded, flat, modules, await chooseEngine(options.engine ?? 'auto'));
}

/**
 * The core modules inside a component, in the order in which `compile({ bytes, modules })` wants them compiled.
 *
 * @throws DecodeError where the bytes are no component
 */
export function componentModules(bytes: Uint8Array | ArrayBuffer): readonly Uint8Array[] {
  return plan(decode(bytes)).modules;
}
