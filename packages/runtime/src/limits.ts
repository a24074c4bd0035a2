import type { Component as DecodedComponent } from '@wit-ts/component';
import type { CompiledModules, Component } from './compiled-component.ts';
import { notLoaded } from './errors-on-demand.ts';
import type { Fuel } from './fuel.ts';
import type { FunctionCode } from './function-code.ts';
import type { InstanceBudget } from './instance-budget.ts';
import { PLAIN } from './module-form.ts';

/**
 * The most that an instance may use, with all component instances and core instances inside it. Without a limit, the
 * limits of the platform and of the specification apply.
 *
 * `memoryBytes` is the limit to begin with: together with it, the other limits have the defaults that they name,
 * because each of them bounds something else that takes memory of the host.
 *
 * When a guest exceeds a limit, `memory.grow` and `table.grow` return -1, as on a machine without more memory; a handle
 * or a value that exceeds its limit causes a trap. Other instances are not affected.
 */
export interface Limits {
  /** Bytes of all linear memories together. Core modules that the host gives keep the limits that they have. */
  readonly memoryBytes?: number;
  /** Entries of all tables of core modules together; 1,000,000 with `memoryBytes`. */
  readonly tableEntries?: number;
  /**
   * Handles that all component instances together hold at once; 100,000 with `memoryBytes`. Subtasks, waitable sets,
   * ends of streams and futures, error contexts, and the threads that core code makes are among them.
   */
  readonly handles?: number;
  /** Component instances and core instances; 10,000 with `memoryBytes`. */
  readonly instances?: number;
  /** Linear memories, each of which reserves gigabytes of addresses on most platforms; 1,000 with `memoryBytes`. */
  readonly memories?: number;
  /** Tables of core modules; 10,000 with `memoryBytes`. */
  readonly tables?: number;
  /** Bytes, in the guest's encoding, of each string and list that the guest gives the host. */
  readonly valueBytes?: number;
  /**
   * Bytes that the values of one call may take in JavaScript: the arguments of a function of the host, the result of an
   * export, or either between components if they become JavaScript values. Lists are counted by their types before they
   * are made. The default is four times `valueBytes` if that is given, otherwise `memoryBytes`, but at least 64 MiB; 1
   * GiB without both.
   */
  readonly liftedBytes?: number;
  /**
   * Allows core modules with types of WasmGC, and exceptions with many values. They are allocated in the heap of the
   * JavaScript engine, where `memoryBytes` does not count them, so with `memoryBytes` they are refused by default.
   */
  readonly allowGc?: boolean;
  /**
   * How much work the core modules may do, in operators (`docs/fuel.md`); a `Trap` ends an instance that has used it
   * up. A number is for each instance; a `Fuel` is shared by all instances that it is given to, and says how much is
   * used. Without it, no work is counted, and core modules are not rewritten.
   */
  readonly fuel?: number | Fuel;
}

/** What depends on the limits of an instance. */
export interface InstanceSetup extends CompiledModules {
  /** Absent for an instance without limits. */
  readonly budget?: InstanceBudget;
  /** The code of functions that have limits on the values that they pass; absent for an instance without limits. */
  readonly code?: FunctionCode;
}

/**
 * Returns what depends on the limits of a new instance: its own, and for the rest those that the component was compiled
 * for.
 *
 * @throws LinkError when the component exceeds its limits from the start
 * @throws TypeError when a limit is not one
 */
export async function setupOf(component: Component, own: Limits | undefined): Promise<InstanceSetup> {
  const isLimited = own !== undefined || component.limits !== undefined;
  return (
    (!isLimited && component.compiled.get(PLAIN)) ||
    (await limitsCode()).setupWithin(component, own, rewriting)
  );
}

/** Prepares to compile a component with limits. @throws TypeError when a limit is not one */
export async function startLimits(limits: Limits): Promise<StartedLimits> {
  return (await limitsCode()).started(limits, rewriting);
}

/** The limits that a component is compiled for. */
export interface StartedLimits {
  readonly limits: Limits;
  /** Checks a component before it is planned, which takes more memory. @throws LinkError */
  readonly check: (component: DecodedComponent) => void;
  /**
   * Compiles the core modules of a component.
   *
   * @param given core modules that were compiled elsewhere
   * @throws LinkError when the component exceeds its limits from the start
   */
  readonly compile: (component: Component, given: readonly WebAssembly.Module[] | undefined) => Promise<void>;
}

/** Loads the code that rewrites core modules, which some limits need. */
function rewriting(): Promise<typeof import('./rewritten-module.ts')> {
  return import('./rewritten-module.ts').catch(notLoaded('limits'));
}

/** Loads the code that only limits need. */
function limitsCode(): Promise<typeof import('./limited-instances.ts')> {
  return import('./limited-instances.ts').catch(notLoaded('limits'));
}
