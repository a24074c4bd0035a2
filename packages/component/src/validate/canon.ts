import { MAX_FLAT_PARAMS } from '@wit-ts/model/layout';
import type { Canon, CanonOptions, CoreFuncType } from '../ast.ts';
import { coreFuncText, sameCoreTypes } from '../core/subtype.ts';
import { checkBounds } from '../elaborate/index-lookup.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import type { IndexSpaces } from '../elaborate/index-spaces.ts';
import { type EvaluatedFunc, peel } from '../elaborate/nodes.ts';
import { builtin } from './canon-builtins.ts';
import {
  type CanonDefinition,
  checkFuncOption,
  checkOptions,
  fault,
  LIFT_OPTIONS,
  LOWER_OPTIONS,
  need,
} from './canon-options.ts';
import type { CoreSpaces } from './core-spaces.ts';
import { coreTypeOf, flattensTo, hasPointers } from './memory-use.ts';

/** Checks a canonical definition (`CanonicalABI.md`, "Canonical Definitions") and defines its core function. */
export function checkCanon(
  context: EvaluationContext,
  spaces: IndexSpaces,
  core: CoreSpaces,
  canon: Canon,
  offset: number,
): void {
  const canonical: CanonDefinition = { context, spaces, core, offset, what: `canon ${canon.tag}` };
  if (canon.tag === 'lift') checkLift(canonical, canon);
  else core.defineFunc(canon.tag === 'lower' ? checkLower(canonical, canon) : builtin(canonical, canon));
}

function checkLift(canonical: CanonDefinition, canon: Extract<Canon, { tag: 'lift' }>): void {
  const { context, spaces, core, offset } = canonical;
  const { options } = canon;
  const node = spaces.entity('type', canon.type)?.type;
  const func = node && peel(node);
  const callee = core.at(context, 'func', canon.coreFunc, offset)?.type;
  const memory = checkOptions(canonical, options, LIFT_OPTIONS);
  if (func?.tag !== 'func') return;
  checkAsync(canonical, options, func);
  context.spend(func.params.length);
  const type = func.model;
  const callback = options.callback !== undefined;
  const expected = coreTypeOf({ memory, async: options.async, callback }, type, 'lift');
  if (expected === undefined) return;
  const results = type.result === undefined ? [] : [type.result];
  const spillsResult = options.async
    ? (flattensTo(results, memory)?.length ?? 0) > MAX_FLAT_PARAMS
    : expected.spillsResult;
  if (expected.spillsParams || type.params.some((param) => hasPointers(param.type))) {
    need(canonical, options, 'realloc');
  } else if (spillsResult || results.some(hasPointers)) {
    need(canonical, options, 'memory');
  }
  if (callee !== undefined) checkCallee(canonical, expected, callee);
  if (options.postReturn === undefined) return;
  if (options.async) fault(canonical, 'bad-option', '`post-return` cannot be combined with `async`');
  checkFuncOption(canonical, 'post-return', options.postReturn, { params: expected.results, results: [] });
}

function checkCallee(canonical: CanonDefinition, expected: CoreFuncType, callee: CoreFuncType): void {
  const params = sameCoreTypes(expected.params, callee.params);
  if (params && sameCoreTypes(expected.results, callee.results)) return;
  const part = params ? 'results' : 'parameters';
  const text = `the ${part} of the core function do not fit: expected ${coreFuncText(expected)}, found ${coreFuncText(callee)}`;
  fault(canonical, 'wrong-core-type', text);
}

function checkLower(
  canonical: CanonDefinition,
  canon: Extract<Canon, { tag: 'lower' }>,
): CoreFuncType | undefined {
  const { context, spaces, offset } = canonical;
  const { options } = canon;
  checkBounds(context, 'function', canon.func, spaces.count('func'), offset);
  const func = spaces.entity('func', canon.func)?.func;
  const memory = checkOptions(canonical, options, LOWER_OPTIONS);
  if (func === undefined) return undefined;
  checkAsync(canonical, options, func);
  context.spend(func.params.length);
  const type = func.model;
  const core = coreTypeOf({ memory, async: options.async, callback: false }, type, 'lower');
  if (core === undefined) return undefined;
  // The specification's text demands a memory for every async lower, its tests only when there is something to store.
  if (type.result !== undefined && hasPointers(type.result)) need(canonical, options, 'realloc');
  else if (core.spillsParams || core.spillsResult || type.params.some((param) => hasPointers(param.type)))
    need(canonical, options, 'memory');
  return core;
}

function checkAsync(canonical: CanonDefinition, options: CanonOptions, func: EvaluatedFunc): void {
  if (options.async && !func.async)
    fault(canonical, 'bad-option', 'the option `async` requires an async function type');
}
