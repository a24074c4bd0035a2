import type { Engine, HostEngine } from '@wit-ts/abi';
import { compileHostEngine } from '@wit-ts/abi/compile/host';
import type { Concurrent } from './tasks/concurrent.ts';
import type { Inside } from './direct/inside.ts';
import type { Needs } from './needs.ts';

/**
 * Which execution of the Canonical ABI serves. `compile` emits JavaScript; `reference` is slower and works where
 * `new Function` is forbidden, by a Content-Security-Policy or by the platform. `auto` finds out which of them may be used.
 *
 * The reference engine is loaded when it is needed, so that nobody else pays for it. Where a module cannot be imported later,
 * as in a service worker, import `referenceEngine` from `@wit-ts/runtime/reference` and give the engine itself.
 */
export type EngineChoice = 'auto' | 'compile' | 'reference' | Engine;

/** An engine, with what calls between components inside where there are any. */
export type ChosenEngine = HostEngine & Partial<Engine> & Partial<Inside> & Partial<Concurrency>;

/** The tasks of one instance, and what asks for them. */
interface Concurrency {
  readonly concurrent: () => Concurrent;
}

export async function chooseEngine(choice: EngineChoice, { inside, tasks }: Needs): Promise<ChosenEngine> {
  const engine = await hostEngine(choice);
  if (!inside && !tasks) return engine;
  const between = inside
    ? { ...(engine === compileHostEngine ? await fusing() : {}), ...(await handing()) }
    : {};
  return { ...between, ...(tasks ? await concurrency() : {}), ...engine };
}

async function hostEngine(choice: EngineChoice): Promise<HostEngine & Partial<Engine>> {
  if (typeof choice === 'object' && choice !== null) return choice;
  if (choice === 'compile' || (choice === 'auto' && mayEmit())) return compileHostEngine;
  if (choice !== 'auto' && choice !== 'reference') {
    throw new TypeError(
      `engine: expected 'auto', 'compile', 'reference' or an engine, got ${String(choice)}`,
    );
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

/** Where it cannot be loaded the engine makes those calls, too, and functions of the host are exported as they are. */
async function handing(): Promise<Partial<Inside>> {
  try {
    const { inside } = await import('./direct/inside.ts');
    return inside;
  } catch {
    return {};
  }
}

async function concurrency(): Promise<Concurrency> {
  const { Concurrent } = await import('./tasks/concurrent.ts');
  return { concurrent: () => new Concurrent() };
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
