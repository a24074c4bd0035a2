import { limitModule } from '@wit-ts/component/limits';
import { compiledWithin } from './compiled-within.ts';
import type { Component } from './component.ts';
import { limitedModules, type Limits, moduleKey, modulesWithin } from './limits.ts';
import { LinkError, type LinkProblem } from './link-error.ts';

/** What only instances with other limits than their component need; see `limits.ts`. */

/** Compiles the core modules of a component for limits that are new to it. */
export async function compileWithin(
  component: Component,
  limits: Limits,
): Promise<readonly WebAssembly.Module[]> {
  const owners = component.linking?.owners;
  if (owners !== undefined) {
    for (const owner of owners) await modulesWithin(owner, limits);
    return compiledWithin(component, limits);
  }
  const bytes = await limitedModules(component.plan.modules, limits);
  // Modules whose own limits are as strict are compiled already.
  const unlimited = component.compiled.get(moduleKey({}));
  const modules = await Promise.all(
    bytes.map((module, index) =>
      module === component.plan.modules[index] && unlimited !== undefined
        ? unlimited[index]!
        : WebAssembly.compile(module as BufferSource),
    ),
  );
  component.compiled.set(moduleKey(limits), modules);
  return modules;
}

/** Writes limits into core modules. @throws LinkError with everything that exceeds its limit from the start */
export function limited(
  modules: readonly Uint8Array[],
  { memoryBytes, tableEntries }: Limits,
): readonly Uint8Array[] {
  const within = {
    ...(memoryBytes === undefined ? {} : { memory: memoryBytes }),
    ...(tableEntries === undefined ? {} : { table: tableEntries }),
  };
  const problems: LinkProblem[] = [];
  const written = modules.map((module, index) => {
    const made = limitModule(module, within);
    if (made instanceof Uint8Array) return made;
    for (const { what, minimum, limit } of made) {
      problems.push({
        path: [`core module ${index}`, what],
        expected: `at most ${limit} ${what === 'memory' ? 'bytes' : 'entries'}`,
        given: `${minimum} from the start`,
      });
    }
    return module;
  });
  if (problems.length > 0) throw new LinkError(problems, 'the component exceeds its limits from the start:');
  return written;
}
