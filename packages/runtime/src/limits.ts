import { checked } from './check-limits.ts';
import type { Component } from './component.ts';

/**
 * The most that an instance may use. Without a limit, the limits of the platform and of the specification apply.
 *
 * When a guest exceeds a limit, `memory.grow` and `table.grow` return -1, as on a machine without more memory; a handle
 * or a value that exceeds its limit causes a trap. Other instances are not affected.
 */
export interface Limits {
  /** Bytes of each linear memory. Core modules that the host gives keep the limits that they have. */
  readonly memoryBytes?: number;
  /** Entries of each table of a core module. */
  readonly tableEntries?: number;
  /** Handles that each component instance, the root or one inside, holds at once. */
  readonly handles?: number;
  /** Bytes, in the guest's encoding, of each string and list that the guest gives the host. */
  readonly valueBytes?: number;
}

/** Returns the limits of an instance: its own, and for the rest those that the component was compiled for. */
export function limitsOf({ limits }: Pick<Component, 'limits'>, own: Limits = {}): Limits {
  return { ...limits, ...checked(own) };
}

/** Identifies the limits that are compiled into core modules. The other limits are enforced at run time. */
export function moduleKey({ memoryBytes, tableEntries }: Limits): string {
  return `${memoryBytes ?? ''} ${tableEntries ?? ''}`;
}

/**
 * Returns the core modules of a component under the limits, compiled once for each pair of limits.
 *
 * @throws LinkError when a memory or table exceeds its limit from the start
 */
export async function modulesWithin(
  component: Component,
  limits: Limits,
): Promise<readonly WebAssembly.Module[]> {
  const known = component.compiled.get(moduleKey(limits));
  return known ?? (await import('./limited-modules.ts')).compileWithin(component, limits);
}

/** Returns the bytes of core modules with the limits written into them. @throws LinkError as `modulesWithin` does */
export async function limitedModules(
  modules: readonly Uint8Array[],
  limits: Limits,
): Promise<readonly Uint8Array[]> {
  if (limits.memoryBytes === undefined && limits.tableEntries === undefined) return modules;
  return (await import('./limited-modules.ts')).limited(modules, limits);
}
