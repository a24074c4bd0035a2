import { type ComponentValue, importMismatches } from '@wit-ts/component/linking';
import type { PlanImport } from '@wit-ts/plan';
import { Component } from '../compiled-component.ts';
import { isCompiledModule, type MismatchedImport } from '../imports.ts';
import type { LinkProblem } from '../link-error.ts';
import { moduleBytes } from '../module-bytes.ts';
import { declaredText, givenText } from './component-text.ts';

/** The number of differences that a message lists. */
const MAX_DIFFERENCES = 10;

/** What to do instead of giving the bytes of a component. */
const COMPILED =
  'give a compiled component: what `compile` returns, or `compileComponent` of a static module that links components';

/** Adds to the problem of a missing component its type, and what may be given instead of what the host gave. */
export function explained(
  problems: readonly LinkProblem[],
  mismatched: readonly MismatchedImport[],
): LinkProblem[] {
  return problems.map((problem) => {
    const { item, found } = mismatched.find((each) => samePath(each.item.path, problem.path)) ?? {};
    if (item?.item.tag !== 'component') return problem;
    const expected = declaredText(item.item.declared);
    if (isForeign(found)) return { ...problem, expected, given: FOREIGN, help: HELP_FOR_FOREIGN };
    return { ...problem, expected, help: problem.help ?? COMPILED };
  });
}

const FOREIGN = 'a component of another static module or another copy of the runtime';
const HELP_FOR_FOREIGN =
  'give what its `toTransferable` returns to `compile` here, or in a static module to `compileComponent`';

/** Returns true for what another static module, or another copy of the runtime, has compiled. */
function isForeign(found: unknown): boolean {
  return typeof found === 'object' && found !== null && 'toTransferable' in found;
}

/** Returns the problems of components and modules that do not have the type of their import. */
export function mismatchProblems(
  value: ComponentValue,
  imports: readonly PlanImport[],
  given: ReadonlyMap<string, unknown>,
): LinkProblem[] {
  const at = (path: readonly string[]): unknown => given.get(JSON.stringify(path));
  const found = importMismatches(value, {
    component(path) {
      const component = at(path);
      if (!(component instanceof Component)) return undefined;
      return component.linking?.value ?? { component: component.decoded };
    },
    module(path) {
      const module = at(path);
      if (!isCompiledModule(module)) return undefined;
      const bytes = moduleBytes.get(module);
      if (bytes !== undefined) return bytes;
      return { imports: WebAssembly.Module.imports(module), exports: WebAssembly.Module.exports(module) };
    },
  });
  return found.map(({ path, differences }) => {
    const item = imports.find((each) => samePath(each.path, path))?.item;
    const component = at(path);
    return {
      path: path.length === 0 ? ['the imported components'] : path,
      expected:
        item?.tag === 'component' ? declaredText(item.declared) : 'a core module of the imported type',
      given: component instanceof Component ? givenText(component.plan) : 'a core module of another type',
      help: [
        ...differences.slice(0, MAX_DIFFERENCES),
        ...(differences.length > MAX_DIFFERENCES ? ['…'] : []),
      ].join('; '),
    };
  });
}

function samePath(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}
