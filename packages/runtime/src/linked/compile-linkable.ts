import type { Component } from '../compiled-component.ts';
import { PLAIN } from '../module-form.ts';
import { needsLimits } from '../needs-limits.ts';
import { refusedModules, uncompiledModules } from '../refused-options.ts';
import { refusedSource } from '../refused-source.ts';
import { readSourceOr, type Source } from '../source.ts';
import { linkableComponent } from './linkable-component.ts';
import type { LinkedDescription } from './linked-module.ts';

/**
 * Does what `compile` does, with no code that is loaded or made at run time.
 *
 * @throws what `compile` throws, and a TypeError when core modules are not given to a platform that cannot compile them
 */
export async function compileLinkable(
  source: Source,
  parts: Pick<LinkedDescription, 'limits' | 'tasks' | 'stacks'>,
): Promise<Component> {
  const { limits } = parts;
  const { bytes, modules: given } = await readSourceOr(source, refuse);
  const component = linkableComponent(bytes, parts);
  const { modules: all } = component.plan;
  if (given && (given.length !== all.length || (limits === undefined && given.some(needsLimits))))
    throw refusedModules(all.length, given.length);
  try {
    if (limits !== undefined) await limits.compile(component, given);
    else {
      const modules =
        given ?? (await Promise.all(all.map((each) => WebAssembly.compile(each as BufferSource))));
      component.compiled.set(PLAIN, { modules, moduleLimits: undefined });
    }
  } catch (error) {
    if (given !== undefined || (await compilesModules())) throw error;
    throw uncompiledModules(error);
  }
  return component;
}

/** Returns true when the platform can compile a core module at run time: the module has no definitions. */
async function compilesModules(): Promise<boolean> {
  try {
    await WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    return true;
  } catch {
    return false;
  }
}

async function refuse(given: unknown): Promise<never> {
  throw refusedSource(given);
}
