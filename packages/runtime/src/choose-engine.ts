import type { Engine, HostEngine } from '@wit-ts/abi';
import { compileHostEngine } from '@wit-ts/abi/compile/host';

/**
 * Which execution of the Canonical ABI serves. `compile` emits JavaScript; `reference` is slower and works where
 * `new Function` is forbidden, by a Content-Security-Policy or by the platform. `auto` finds out which of them may be used.
 *
 * The reference engine is loaded when it is needed, so that nobody else pays for it. Where a module cannot be imported later,
 * as in a service worker, import `referenceEngine` from `@wit-ts/runtime/reference` and give the engine itself.
 */
export type EngineChoice = 'auto' | 'compile' | 'reference' | Engine;

/** An engine, with what calls between components inside where there are any. */
export type ChosenEngine = HostEngine & Partial<Engine>;

/** @param nested whether components inside call each other */
export async function chooseEngine(choice: EngineChoice, nested: boolean): Promise<ChosenEngine> {
  if (typeof choice === 'object') return choice;
  if (choice === 'compile' || (choice === 'auto' && mayEmit())) {
    return nested ? { ...compileHostEngine, ...(await fusing()) } : compileHostEngine;
  }
  const { referenceEngine } = await import('@wit-ts/abi/reference');
  return referenceEngine;
}

/** Where it cannot be loaded such calls go through values of JavaScript, which is slower and gives the same. */
async function fusing(): Promise<Partial<Engine>> {
  try {
    const { fuse } = await import('@wit-ts/abi/compile/fuse');
    return { fuse };
  } catch {
    return {};
  }
}

let emits: boolean | undefined;

/** Whether the platform lets code be made from text. */
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
