import { FUEL_MODULE } from '@wit-ts/component/fuel';
import { LIMITS_EXPORTS } from '@wit-ts/component/limits';
import type { CompiledModules, Component } from './compiled-component.ts';
import { LIMITED, METERED, type ModuleForm, PLAIN } from './module-form.ts';
import type * as rewriting from './rewritten-module.ts';

/** Loads what rewrites core modules: few instances have limits. */
export type LoadRewriting = () => Promise<typeof rewriting>;

/**
 * Returns the core modules of a component in a form, in which they are compiled once.
 *
 * @param given core modules that were compiled elsewhere, from what `meterModule` and `limitModule` returned
 * @throws DecodeError when a core module cannot be limited
 * @throws TypeError when a core module that is given has no limits
 */
export async function compileWithin(
  component: Component,
  form: ModuleForm,
  load: LoadRewriting,
  given?: readonly WebAssembly.Module[],
): Promise<CompiledModules> {
  const known = component.compiled.get(form);
  if (known !== undefined) return known;
  const owners = component.linking?.owners;
  if (owners !== undefined) {
    for (const owner of owners) await compileWithin(owner, form, load);
    return compiledWithin(component, form);
  }
  given?.forEach((module, index) => refuseOtherForm(module, index, form));
  const code = form === PLAIN ? { rewritten: unchanged } : await load();
  const made = await compileRewritten(component, form, code, given);
  component.compiled.set(form, made);
  return made;
}

/**
 * Returns the core modules of a component without a promise.
 *
 * @throws TypeError when they are not compiled in the form yet
 */
export function compiledWithin(component: Component, form: ModuleForm): CompiledModules {
  const modules = component.compiled.get(form) ?? component.linking?.gather(form);
  if (modules !== undefined) {
    component.compiled.set(form, modules);
    return modules;
  }
  throw new TypeError(
    'the core modules are not compiled for these limits yet: give the same limits to `compile`, or use `instantiate` once',
  );
}

async function compileRewritten(
  component: Component,
  form: ModuleForm,
  { rewritten }: Pick<typeof rewriting, 'rewritten'>,
  given: readonly WebAssembly.Module[] | undefined,
): Promise<CompiledModules> {
  const { modules: all } = component.plan;
  const plain = component.compiled.get(PLAIN)?.modules;
  const written = all.map((bytes) => rewritten(bytes, form));
  const modules = await Promise.all(
    written.map(({ bytes, isLimited }, index) => {
      const isPlain = bytes === all[index];
      if (given !== undefined) {
        const module = given[index]!;
        if (!isPlain) requireForm(module, index, isLimited, (form & METERED) !== 0);
        return module;
      }
      return (isPlain ? plain?.[index] : undefined) ?? compileBytes(bytes);
    }),
  );
  const moduleLimits = written.flatMap(({ use, isLimited }) =>
    use === undefined ? [] : { use, isRewritten: isLimited },
  );
  return { modules, moduleLimits: (form & LIMITED) === 0 ? undefined : moduleLimits };
}

/** Does what `rewritten` does for the form of modules that are not rewritten. */
const unchanged: (typeof rewriting)['rewritten'] = (bytes) => ({ bytes, isLimited: false });

/** Returns true when `limitModule` wrote a module. */
function isLimitedModule(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.exports(module).some(({ name }) => name === LIMITS_EXPORTS.table);
}

/** Returns true when `meterModule` wrote a module. */
function isMeteredModule(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.imports(module).some((each) => each.module === FUEL_MODULE);
}

/** @throws TypeError when a module was rewritten in a way that the form does not have */
function refuseOtherForm(module: WebAssembly.Module, index: number, form: ModuleForm): void {
  if ((form & LIMITED) === 0 && isLimitedModule(module)) {
    throw new TypeError(
      `core module ${index} was compiled with limits of memories, tables or instances: give them to \`compile\``,
    );
  }
  if ((form & METERED) === 0 && isMeteredModule(module))
    throw new TypeError(
      `core module ${index} was compiled to count its work: give \`limits.fuel\` to \`compile\``,
    );
}

/** @throws TypeError when a module was not rewritten as it must be */
function requireForm(
  module: WebAssembly.Module,
  index: number,
  isLimited: boolean,
  isMetered: boolean,
): void {
  if (isMetered && !isMeteredModule(module)) {
    throw new TypeError(
      `core module ${index} does not count its work: compile what \`meterModule\` of \`@wit-ts/component/fuel\` ` +
        'returns for its bytes',
    );
  }
  if (isLimited && !isLimitedModule(module)) {
    throw new TypeError(
      `core module ${index} was compiled without limits: compile what \`limitModule\` of \`@wit-ts/component/limits\` ` +
        'returns for its bytes',
    );
  }
}

function compileBytes(bytes: Uint8Array): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes as BufferSource);
}
