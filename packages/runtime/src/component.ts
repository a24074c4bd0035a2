import type { Engine, LiftBinding, LowerBinding, CoreFunction, HostFunction, Prepared } from '@wit-ts/abi';
import { compileEngine } from '@wit-ts/abi/compile';
import { referenceEngine } from '@wit-ts/abi/reference';
import { componentWorld, decode, type Component as DecodedComponent } from '@wit-ts/component';
import type { World } from '@wit-ts/model';
import { plan, type Plan } from '@wit-ts/plan';
import { readSource, type Source } from './source.ts';

export interface CompileOptions {
  /**
   * Which execution of the Canonical ABI serves: emitted JavaScript, or the slower reference where `new Function` is
   * forbidden. `auto`, the default, finds out.
   */
  readonly engine?: 'auto' | 'compile' | 'reference';
}

/**
 * A component made ready: its core modules are compiled, its plan is made, and code for its functions is kept once emitted.
 * It holds nothing of any instance; instantiate it as often as you like.
 */
export class Component {
  readonly plan: Plan;
  readonly modules: readonly WebAssembly.Module[];
  readonly engine: Engine;
  /** Filled as instances need them; see `bind.ts`. */
  readonly lifts = new Map<string, Prepared<LiftBinding, HostFunction>>();
  readonly lowers: (Prepared<LowerBinding, CoreFunction> | undefined)[] = [];
  readonly #decoded: DecodedComponent;
  #world: World | undefined;

  /** Made by `compile`. */
  constructor(decoded: DecodedComponent, flat: Plan, modules: readonly WebAssembly.Module[], engine: Engine) {
    this.#decoded = decoded;
    this.plan = flat;
    this.modules = modules;
    this.engine = engine;
  }

  /** The world that the component carries. */
  get world(): World {
    const world = this.#world ?? componentWorld(this.#decoded).world;
    this.#world = world;
    return world;
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
  return new Component(decoded, flat, modules, engineOf(options.engine ?? 'auto'));
}

/**
 * The core modules inside a component, in the order in which `compile({ bytes, modules })` wants them compiled.
 *
 * @throws DecodeError where the bytes are no component
 */
export function componentModules(bytes: Uint8Array | ArrayBuffer): readonly Uint8Array[] {
  return plan(decode(bytes)).modules;
}

function engineOf(choice: 'auto' | 'compile' | 'reference'): Engine {
  if (choice === 'reference') return referenceEngine;
  if (choice === 'compile' || mayEmit()) return compileEngine;
  return referenceEngine;
}

let emits: boolean | undefined;

/** Whether the platform lets code be made from text; a Content-Security-Policy or an edge platform may not. */
function mayEmit(): boolean {
  if (emits === undefined) {
    try {
      // oxlint-disable-next-line typescript/no-implied-eval -- finding out is the purpose
      emits = new Function('return true')() === true;
    } catch {
      emits = false;
    }
  }
  return emits;
}
