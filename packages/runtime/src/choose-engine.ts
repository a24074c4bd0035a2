import type { Engine, HostEngine } from '@wit-ts/abi';
import { compileHostEngine } from '@wit-ts/abi/compile/host';
import type { Plan } from '@wit-ts/plan';
import type { Concurrent } from './tasks/concurrent.ts';
import type { DirectLinks, throughCore } from './direct/direct-links.ts';

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

/** How components inside call each other where no engine is needed for it. */
interface Inside {
  readonly directLinks: (plan: Plan) => DirectLinks;
  readonly throughCore: typeof throughCore;
}

/** The tasks of one instance, and what asks for them. */
interface Concurrency {
  readonly concurrent: () => Concurrent;
}

/** What a component needs that most do not. */
export interface Needs {
  /** Components inside call each other, or lift what was lowered. */
  readonly nested: boolean;
  /** Something is asynchronous, or asks for its task. */
  readonly tasks: boolean;
}

export async function chooseEngine(choice: EngineChoice, needs: Needs): Promise<ChosenEngine> {
  const engine = await hostEngine(choice);
  if (!needs.nested && !needs.tasks) return engine;
  const nested = needs.nested
    ? { ...(engine === compileHostEngine ? await fusing() : {}), ...(await linking()) }
    : {};
  return { ...nested, ...(needs.tasks ? await tasks() : {}), ...engine };
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

/** Where it cannot be loaded the engine makes those calls, too. */
async function linking(): Promise<Partial<Inside>> {
  try {
    const direct = await import('./direct/direct-links.ts');
    return { directLinks: (plan) => new direct.DirectLinks(plan), throughCore: direct.throughCore };
  } catch {
    return {};
  }
}

async function tasks(): Promise<Concurrency> {
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
