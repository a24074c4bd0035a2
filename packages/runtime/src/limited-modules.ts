import { limitModule, LIMITS_EXPORTS } from '@wit-ts/component/limits';
import type { CompiledModules, Component } from './component.ts';
import type { ModuleLimit } from './instance-budget.ts';

/**
 * Returns the core modules of a component, compiled once with limits and once without.
 *
 * @param given core modules that were compiled elsewhere, from what `limitModule` returned if there are limits
 * @throws DecodeError when a core module cannot be limited
 * @throws TypeError when a core module that is given has no limits
 */
export async function compileWithin(
  component: Component,
  isLimited: boolean,
  given?: readonly WebAssembly.Module[],
): Promise<CompiledModules> {
  const known = component.compiled.get(isLimited);
  if (known !== undefined) return known;
  const owners = component.linking?.owners;
  if (owners !== undefined) {
    for (const owner of owners) await compileWithin(owner, isLimited);
    return compiledWithin(component, isLimited);
  }
  const made = isLimited
    ? await compileLimited(component, given)
    : {
        modules:
          given?.map(unlimited) ??
          (await Promise.all(component.plan.modules.map((bytes) => compileBytes(bytes)))),
        moduleLimits: undefined,
      };
  component.compiled.set(isLimited, made);
  return made;
}

/**
 * Returns the core modules of a component without a promise.
 *
 * @throws TypeError when they are not compiled with limits yet, or not without limits
 */
export function compiledWithin(component: Component, isLimited: boolean): CompiledModules {
  const modules = component.compiled.get(isLimited) ?? component.linking?.gather(isLimited);
  if (modules !== undefined) {
    component.compiled.set(isLimited, modules);
    return modules;
  }
  throw new TypeError(
    'the core modules are not compiled for these limits yet: give the same limits to `compile`, or use `instantiate` once',
  );
}

async function compileLimited(
  component: Component,
  given: readonly WebAssembly.Module[] | undefined,
): Promise<CompiledModules> {
  const { modules: all } = component.plan;
  const plain = component.compiled.get(false)?.modules;
  // Core modules are views of the component's bytes.
  const written = all.map((bytes) => limitModule(bytes, bytes.byteOffset));
  const moduleLimits: ModuleLimit[] = written.map(({ bytes, use }, index) => ({
    use,
    isRewritten: bytes !== all[index],
  }));
  const modules = await Promise.all(
    written.map(({ bytes }, index) => {
      const { isRewritten } = moduleLimits[index]!;
      if (given !== undefined) return isRewritten ? limitedAlready(given[index]!, index) : given[index]!;
      return (isRewritten ? undefined : plain?.[index]) ?? compileBytes(bytes);
    }),
  );
  return { modules, moduleLimits };
}

/** Returns true when `limitModule` wrote a module. */
function isLimitedModule(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.exports(module).some(({ name }) => name === LIMITS_EXPORTS.table);
}

function unlimited(module: WebAssembly.Module, index: number): WebAssembly.Module {
  if (!isLimitedModule(module)) return module;
  throw new TypeError(
    `core module ${index} was compiled with limits of memories, tables or instances: give them to \`compile\``,
  );
}

function limitedAlready(module: WebAssembly.Module, index: number): WebAssembly.Module {
  if (isLimitedModule(module)) return module;
  throw new TypeError(
    `core module ${index} was compiled without limits: compile what \`limitModule\` of \`@wit-ts/component/limits\` ` +
      'returns for its bytes',
  );
}

function compileBytes(bytes: Uint8Array): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes as BufferSource);
}
