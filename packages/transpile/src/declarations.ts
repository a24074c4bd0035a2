import { generate, type StaticModuleForm } from '@wit-ts/bindgen';
import { type Component, componentWorld } from '@wit-ts/component';
import type { MappingChoices } from '@wit-ts/mapping';
import type { Suspend } from '@wit-ts/runtime';
import type { StaticFile } from './static-file.ts';

/** Generates the TypeScript declarations of a static module. */
export async function declarations(
  component: Component,
  form: StaticModuleForm,
  suspend: Suspend | undefined,
  mapping: MappingChoices | undefined,
): Promise<readonly StaticFile[]> {
  const { resolve, world } = componentWorld(component);
  return generate(resolve, world, { staticModule: form, source: form.name, ...waiting(suspend), ...mapping });
}

function waiting(suspend: Suspend | undefined): { asyncImports?: FunctionList; asyncExports?: FunctionList } {
  if (suspend === undefined) return {};
  if (suspend === true || Array.isArray(suspend)) return { asyncImports: suspend as FunctionList };
  const { imports, exports } = suspend as Exclude<Suspend, FunctionList>;
  return { asyncImports: imports, ...(exports === undefined ? {} : { asyncExports: exports }) };
}

type FunctionList = true | readonly string[];
