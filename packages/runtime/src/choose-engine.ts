import { type Engine, type FuseEngine, type HostEngine, ResourceHandle, type ValueEngine } from '@wit-ts/abi';
import { diagnosticsAndTrace } from './errors-on-demand.ts';
import type { Needs } from './optional-parts.ts';
import { hostEngine, partNotLoaded } from './engine/host-engine.ts';

/**
 * Which execution of the Canonical ABI runs a component. `compile` emits JavaScript. `reference` is slower, and works
 * where `new Function` is forbidden by a Content-Security-Policy or by the platform. `auto` uses `compile` if it is
 * allowed.
 *
 * The reference engine is loaded when it is needed, so that other users do not pay for it. If modules cannot be
 * imported later, as in a service worker, import `referenceEngine` from `@wit-ts/runtime/reference` and give the engine
 * itself.
 */
export type EngineChoice = 'auto' | 'compile' | 'reference' | Engine;

/** The parts of an engine that a component uses. */
export interface ChosenEngine {
  readonly host: HostEngine;
  /** Absent when no component inside calls another one, or when the code could not be loaded. */
  readonly calls: FuseEngine | undefined;
  /** Absent when the component has no tasks. */
  readonly values: ValueEngine | undefined;
}

/**
 * Loads the chosen engine, or the part of the compile engine that every component needs. It is called before the
 * component is read, so that both happen at the same time.
 */
export async function loadEngine(choice: EngineChoice): Promise<LoadedEngine> {
  if ((choice === 'auto' || choice === 'compile') && mayEmit()) return hostEngine();
  if (choice === 'auto' || choice === 'reference')
    return (await import('@wit-ts/abi/reference').catch(partNotLoaded)).referenceEngine;
  // Objects of another copy of this package are of other classes.
  if ((choice as Engine | null)?.handleClass === ResourceHandle) return choice as Engine;
  throw (
    (await diagnosticsAndTrace())?.refusedEngine(choice) ?? new TypeError('engine: it cannot be used here')
  );
}

/** An engine, or what makes the compile engine, whose other parts are loaded one by one. */
type LoadedEngine = Engine | Awaited<ReturnType<typeof hostEngine>>;

/** Loads the other parts of an engine that a component needs. */
export async function withParts(engine: LoadedEngine, needs: Needs): Promise<ChosenEngine> {
  if (typeof engine === 'object') return { host: engine, calls: engine, values: engine };
  const [resources, calls, values] = await Promise.all([
    needs.resources ? import('@wit-ts/abi/compile/resources').catch(partNotLoaded) : undefined,
    // Without this part, calls between components go through JavaScript values, which is slower and gives the same
    // results.
    needs.calls ? import('@wit-ts/abi/compile/fuse').catch(() => undefined) : undefined,
    needs.tasks ? import('@wit-ts/abi/compile/values').catch(partNotLoaded) : undefined,
  ]);
  return { host: engine(resources?.compiledResources), calls, values: values?.compileValueEngine };
}

let emits: boolean | undefined;

/** Returns true when the platform can make functions from text. */
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
