import { type Engine, type FuseEngine, type HostEngine, ResourceHandle, type ValueEngine } from '@wit-ts/abi';
import { compileHostEngine } from '@wit-ts/abi/compile/host';
import { diagnosticsAndTrace } from './errors-on-demand.ts';
import type { Needs } from './optional-parts.ts';

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

/** Loads the parts of an engine that a component needs. */
export async function chooseEngine(choice: EngineChoice, { calls, tasks }: Needs): Promise<ChosenEngine> {
  const engine = await engineOf(choice);
  if (engine !== undefined) return { host: engine, calls: engine, values: engine };
  return {
    host: compileHostEngine,
    // Without this part, calls between components go through JavaScript values, which is slower and gives the same
    // results.
    calls: calls ? await import('@wit-ts/abi/compile/fuse').catch(() => undefined) : undefined,
    values: tasks ? (await import('@wit-ts/abi/compile/values')).compileValueEngine : undefined,
  };
}

/** The engine that was chosen; `undefined` for the compile engine, whose parts are loaded one by one. */
async function engineOf(choice: EngineChoice): Promise<Engine | undefined> {
  if (choice === 'compile' || (choice === 'auto' && mayEmit())) return undefined;
  if (choice !== 'auto' && choice !== 'reference') {
    // Objects of another copy of this package are of other classes.
    if ((choice as Engine | null)?.handleClass === ResourceHandle) return choice;
    throw (
      (await diagnosticsAndTrace())?.refusedEngine(choice) ?? new TypeError('engine: this is not an engine')
    );
  }
  const { referenceEngine } = await import('@wit-ts/abi/reference');
  return referenceEngine;
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
