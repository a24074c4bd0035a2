import { type Component, type ComponentExports, instantiate, type InstantiateOptions } from '@wit-ts/runtime';
import type { System } from '../system/system.ts';

/** Instantiates a component whose imports of WASI come from a system. */
export async function instantiateOver<Exports extends object = ComponentExports>(
  component: Component,
  system: System,
  options: InstantiateOptions,
): Promise<Exports> {
  const { imports, waiting } = await importsOf(component, system);
  const { calls } = system;
  const trace =
    calls && (await import('../calls/component-calls.ts')).recordingTrace(component, calls, options.trace);
  return instantiate<Exports>(component, imports, {
    ...options,
    ...(trace && { trace }),
    ...(waiting.length > 0 && { suspend: { imports: waiting } }),
  });
}

/** What a component is given. */
interface GivenImports {
  readonly imports: Readonly<Record<string, unknown>>;
  /** The functions that return promises although they are synchronous in WIT. */
  readonly waiting: readonly string[];
}

/**
 * The interfaces of the versions that the component imports: a component of 0.3 may import some of 0.2. Few programs
 * send requests, and most of the code of `wasi:http` is for those.
 */
async function importsOf(component: Component, system: System): Promise<GivenImports> {
  const packages = new Set<string>();
  for (const { path } of component.plan.imports) {
    const [, name, version] = /^wasi:([a-z-]+)\/[a-z-]+@(0\.[23])\.\d/u.exec(path[0] ?? '') ?? [];
    if (version !== undefined) packages.add(version).add(`${name}@${version}`);
  }
  const second = packages.has('0.2') ? await import('../p2/index.ts') : undefined;
  const third = packages.has('0.3') ? await import('../p3/index.ts') : undefined;
  const sends = packages.has('http@0.2') || packages.has('http@0.3');
  const http = sends ? await import('./http-interfaces.ts') : undefined;
  const io = second && new second.WasiIo(system);
  return {
    imports: {
      ...(io && second?.wasi2(system, { io })),
      ...(io && http?.clientInterfaces2(system, io)),
      ...third?.wasi3(system),
      ...(third && http?.clientInterfaces3(system)),
    },
    waiting: second?.waitingImports2(system) ?? [],
  };
}
