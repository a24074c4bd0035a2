import { type Component, type ComponentExports, instantiate, type InstantiateOptions } from '@wit-ts/runtime';
import type { System } from '../system/system.ts';

/** Instantiates a component whose imports of WASI come from a system. */
export async function instantiateOver<Exports extends object = ComponentExports>(
  component: Component,
  system: System,
  options: InstantiateOptions,
): Promise<Exports> {
  const { imports, waiting } = await importsOf(component, system);
  return instantiate<Exports>(component, imports, {
    ...options,
    ...(waiting.length > 0 && { suspend: { imports: waiting } }),
  });
}

/** What a component is given. */
interface GivenImports {
  readonly imports: Readonly<Record<string, unknown>>;
  /** The functions that return promises although they are synchronous in WIT. */
  readonly waiting: readonly string[];
}

/** The interfaces of the versions that the component imports: a component of 0.3 may import some of 0.2. */
async function importsOf(component: Component, system: System): Promise<GivenImports> {
  const versions = new Set<string | undefined>();
  for (const { path } of component.plan.imports)
    versions.add(/^wasi:[a-z-]+\/[a-z-]+@(0\.[23])\.\d/u.exec(path[0] ?? '')?.[1]);
  const second = versions.has('0.2') ? await import('../p2/index.ts') : undefined;
  const third = versions.has('0.3') ? await import('../p3/index.ts') : undefined;
  return {
    imports: { ...second?.wasi2(system), ...third?.wasi3(system) },
    waiting: second?.waitingImports2(system) ?? [],
  };
}
