import type { Component } from './component.ts';

/**
 * How much an instance may take. Where nothing is said the platform's limits hold, and those of the specification.
 *
 * A guest that asks for more gets the answer that it gets wherever there is no more: `memory.grow` and `table.grow` give -1, a
 * handle too many or a value too large is a trap. No other instance notices.
 */
export interface Limits {
  /** Bytes of each linear memory. Core modules that the host gives bring the limits that they have. */
  readonly memoryBytes?: number;
  /** Entries of each table of a core module. */
  readonly tableEntries?: number;
  /** Handles that each component instance, the root or one inside, holds at once. */
  readonly handles?: number;
  /** Bytes, as the guest has them, of each string and list that it gives the host. */
  readonly valueBytes?: number;
}

/** The limits of an instance: its own, and else those that the component was compiled for. */
export function limitsOf(component: Component, own: Limits | undefined): Limits {
  return { ...component.limits, ...checked(own) };
}

const NAMES: ReadonlySet<string> = new Set<keyof Limits>([
  'memoryBytes',
  'tableEntries',
  'handles',
  'valueBytes',
]);

/** @throws TypeError where a limit is no number of things, or limits nothing */
export function checked(limits: Limits | undefined): Limits {
  for (const [name, limit] of Object.entries(limits ?? {})) {
    if (!NAMES.has(name)) throw new TypeError(`limits.${name}: there are ${[...NAMES].join(', ')}`);
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
      throw new TypeError(`limits.${name}: expected an integer that is not negative, got ${String(limit)}`);
    }
  }
  return limits ?? {};
}

/** What core modules are compiled for; the other limits are kept while they run. */
export function moduleKey({ memoryBytes, tableEntries }: Limits): string {
  return `${memoryBytes ?? ''} ${tableEntries ?? ''}`;
}

/**
 * The core modules of a component as they may grow under the limits, compiled once for each pair of limits.
 *
 * @throws LinkError where a memory or table is larger from the start
 */
export async function modulesWithin(
  component: Component,
  limits: Limits,
): Promise<readonly WebAssembly.Module[]> {
  const key = moduleKey(limits);
  const known = component.compiled.get(key);
  if (known !== undefined) return known;
  const owners = component.linking?.owners;
  if (owners !== undefined) {
    for (const owner of owners) await modulesWithin(owner, limits);
    return compiledWithin(component, limits);
  }
  const bytes = await limitedModules(component.plan.modules, limits);
  // Those whose own limits are as strict are compiled already.
  const unlimited = component.compiled.get(moduleKey({}));
  const modules = await Promise.all(
    bytes.map((module, index) =>
      module === component.plan.modules[index] && unlimited !== undefined
        ? unlimited[index]!
        : WebAssembly.compile(module as BufferSource),
    ),
  );
  component.compiled.set(key, modules);
  return modules;
}

/** `modulesWithin` for those who cannot wait. @throws TypeError where these limits were not compiled for */
export function compiledWithin(component: Component, limits: Limits): readonly WebAssembly.Module[] {
  const key = moduleKey(limits);
  const modules = component.compiled.get(key) ?? component.linking?.gather(limits);
  if (modules !== undefined) {
    component.compiled.set(key, modules);
    return modules;
  }
  throw new TypeError(
    'the core modules are not compiled for these limits yet: give the same limits to `compile`, or use `instantiate` once',
  );
}

/** The core modules with their limits written into them. @throws LinkError */
export async function limitedModules(
  modules: readonly Uint8Array[],
  limits: Limits,
): Promise<readonly Uint8Array[]> {
  if (limits.memoryBytes === undefined && limits.tableEntries === undefined) return modules;
  const { limited } = await import('./limited-modules.ts');
  return limited(modules, limits);
}
