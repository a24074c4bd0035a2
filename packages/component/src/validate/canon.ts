import type { Canon, CanonOptions, CoreFuncType } from '../ast.ts';
import { coreFuncText, sameCoreFunc, sameCoreTypes } from '../core/subtype.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import {
  type DefinedNode,
  type FuncNode,
  peel,
  peelValue,
  type ResourceNode,
  type ValueNode,
} from '../elaborate/nodes.ts';
import type { IndexSpaces } from '../elaborate/index-spaces.ts';
import { typeNodeText, checkBounds, typeAt, valueType } from '../elaborate/define-type.ts';
import type { CoreSpaces } from './core-spaces.ts';
import {
  type Address,
  flattenFunc,
  flattenTypes,
  hasPointers,
  MAX_FLAT_ASYNC_PARAMS,
  MAX_FLAT_PARAMS,
  MAX_FLAT_RESULTS,
} from './flatten.ts';

/** Where a canonical definition stands: its index spaces, and what it is called in messages. */
interface CheckedScope {
  readonly context: EvaluationContext;
  readonly spaces: IndexSpaces;
  readonly core: CoreSpaces;
  readonly offset: number;
  readonly what: string;
}

/** Checks a canonical definition (`CanonicalABI.md`, "Canonical Definitions") and defines its core function. */
export function checkCanon(
  context: EvaluationContext,
  spaces: IndexSpaces,
  core: CoreSpaces,
  canon: Canon,
  offset: number,
): void {
  const place: CheckedScope = { context, spaces, core, offset, what: `canon ${canon.tag}` };
  if (canon.tag === 'lift') checkLift(place, canon);
  else core.defineFunc(canon.tag === 'lower' ? checkLower(place, canon) : builtin(place, canon));
}

function checkLift(place: CheckedScope, canon: Extract<Canon, { tag: 'lift' }>): void {
  const { context, spaces, core, offset } = place;
  const { options } = canon;
  const node = spaces.entity('type', canon.type)?.type;
  const func = node && peel(node);
  const callee = core.at(context, 'func', canon.coreFunc, offset)?.type;
  const address = checkOptions(place, options, ALL_OPTIONS);
  if (func?.tag !== 'func') return;
  checkAsync(place, options, func);
  context.spend(func.params.length);
  const params = func.params.map((param) => param.type);
  const results = func.result === undefined ? [] : [func.result];
  const spills = flattenTypes(params, address) === undefined;
  const resultLimit = options.async ? MAX_FLAT_PARAMS : MAX_FLAT_RESULTS;
  if (spills || params.some(hasPointers)) need(place, options, 'realloc');
  else if (results.some(hasPointers) || isLonger(results, resultLimit, address))
    need(place, options, 'memory');
  const expected = flattenFunc(
    func,
    { address, async: options.async, hasCallback: options.callback !== undefined },
    'lift',
  );
  if (callee !== undefined) checkCallee(place, expected, callee);
  if (options.postReturn === undefined) return;
  if (options.async) fault(place, 'bad-option', '`post-return` does not go with `async`');
  checkFuncOption(place, 'post-return', options.postReturn, { params: expected.results, results: [] });
}

function checkCallee(place: CheckedScope, expected: CoreFuncType, callee: CoreFuncType): void {
  const params = sameCoreTypes(expected.params, callee.params);
  if (params && sameCoreTypes(expected.results, callee.results)) return;
  const part = params ? 'results' : 'parameters';
  const text = `the ${part} of the core function do not fit: expected ${coreFuncText(expected)}, found ${coreFuncText(callee)}`;
  fault(place, 'wrong-core-type', text);
}

function checkLower(place: CheckedScope, canon: Extract<Canon, { tag: 'lower' }>): CoreFuncType | undefined {
  const { context, spaces, offset } = place;
  const { options } = canon;
  checkBounds(context, 'function', canon.func, spaces.count('func'), offset);
  const func = spaces.entity('func', canon.func)?.func;
  const address = checkOptions(place, options, LOWER_OPTIONS);
  if (func === undefined) return undefined;
  checkAsync(place, options, func);
  context.spend(func.params.length);
  const params = func.params.map((param) => param.type);
  const results = func.result === undefined ? [] : [func.result];
  const spills =
    isLonger(params, options.async ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS, address) ||
    isLonger(results, MAX_FLAT_RESULTS, address);
  if (results.some(hasPointers)) need(place, options, 'realloc');
  // The specification's text wants a memory for every async lower, its tests only where there is something to store.
  else if (spills || (options.async && results.length > 0) || params.some(hasPointers))
    need(place, options, 'memory');
  return flattenFunc(func, { address, async: options.async, hasCallback: false }, 'lower');
}

function isLonger(types: readonly ValueNode[], limit: number, address: Address): boolean {
  const flat = flattenTypes(types, address);
  return flat === undefined || flat.length > limit;
}

function checkAsync(place: CheckedScope, options: CanonOptions, func: FuncNode): void {
  if (options.async && !func.async) fault(place, 'bad-option', '`async` needs an async function type');
}

type OptionName = 'string-encoding' | 'memory' | 'realloc' | 'post-return' | 'async' | 'callback';

const ALL_OPTIONS: ReadonlySet<OptionName> = new Set([
  'string-encoding',
  'memory',
  'realloc',
  'post-return',
  'async',
  'callback',
]);
const LOWER_OPTIONS: ReadonlySet<OptionName> = new Set(['string-encoding', 'memory', 'realloc', 'async']);
const RETURN_OPTIONS: ReadonlySet<OptionName> = new Set(['string-encoding', 'memory']);
const CONTEXT_OPTIONS: ReadonlySet<OptionName> = new Set(['string-encoding', 'memory', 'realloc']);

/** The rules of options that do not depend on types ("canonopt validation"). Gives the addresses' core type. */
function checkOptions(place: CheckedScope, options: CanonOptions, allowed: ReadonlySet<OptionName>): Address {
  const { context, core, offset } = place;
  for (const name of options.repeated ?? [])
    fault(place, 'bad-option', `the option \`${optionText(name)}\` is given more than once`);
  const given: [OptionName, boolean][] = [
    ['memory', options.memory !== undefined],
    ['realloc', options.realloc !== undefined],
    ['post-return', options.postReturn !== undefined],
    ['async', options.async],
    ['callback', options.callback !== undefined],
  ];
  for (const [name, present] of given) {
    if (present && !allowed.has(name))
      fault(place, 'bad-option', `the option \`${name}\` does not belong here`);
  }
  const memory =
    options.memory === undefined ? undefined : core.at(context, 'memory', options.memory, offset);
  if (memory?.limits.shared === true)
    fault(place, 'bad-option', 'the memory of canonical options cannot be shared');
  const address = memory?.limits.memory64 === true ? 'i64' : 'i32';
  if (options.realloc !== undefined) {
    if (options.memory === undefined) fault(place, 'missing-option', '`realloc` needs `memory` beside it');
    checkFuncOption(place, 'realloc', options.realloc, {
      params: [address, address, address, address],
      results: [address],
    });
  }
  if (options.callback !== undefined) {
    if (!options.async) fault(place, 'bad-option', '`callback` needs `async` beside it');
    checkFuncOption(place, 'callback', options.callback, { params: ['i32', 'i32', 'i32'], results: ['i32'] });
  }
  return address;
}

function optionText(name: string): string {
  return name === 'postReturn' ? 'post-return' : name;
}

function checkFuncOption(place: CheckedScope, name: OptionName, index: number, expected: CoreFuncType): void {
  const found = place.core.at(place.context, 'func', index, place.offset)?.type;
  if (found === undefined || sameCoreFunc(expected, found)) return;
  fault(
    place,
    'wrong-core-type',
    `the function of \`${name}\` must be ${coreFuncText(expected)}, and is ${coreFuncText(found)}`,
  );
}

function need(place: CheckedScope, options: CanonOptions, name: 'memory' | 'realloc'): void {
  if (options[name] !== undefined) return;
  fault(place, 'missing-option', `the option \`${name}\` is required for this function's types`);
}

function fault({ context, offset, what }: CheckedScope, code: string, message: string): void {
  context.report(code, `${what}: ${message}`, offset);
}

const NOTHING: CoreFuncType = { params: [], results: [] };
const TAKES_I32: CoreFuncType = { params: ['i32'], results: [] };
const GIVES_I32: CoreFuncType = { params: [], results: ['i32'] };
const I32_TO_I32: CoreFuncType = { params: ['i32'], results: ['i32'] };

type Builtin = Exclude<Canon, { tag: 'lift' | 'lower' }>;

function builtin(place: CheckedScope, canon: Builtin): CoreFuncType | undefined {
  switch (canon.tag) {
    case 'resource.new':
      return { params: [localRep(place, canon.resource)], results: ['i32'] };
    case 'resource.rep':
      return { params: ['i32'], results: [localRep(place, canon.resource)] };
    case 'resource.drop':
      resourceAt(place, canon.resource);
      return TAKES_I32;
    case 'task.return':
      return taskReturn(place, canon);
    case 'context.get':
    case 'context.set':
      if (canon.type !== 'i32' && canon.type !== 'i64')
        fault(place, 'bad-context', `context slots hold i32, not ${canon.type}`);
      if (canon.slot >= 2)
        fault(place, 'bad-context', `there are two context slots, and no slot ${canon.slot}`);
      return canon.tag === 'context.get'
        ? { params: [], results: [canon.type] }
        : { params: [canon.type], results: [] };
    case 'backpressure.inc':
    case 'backpressure.dec':
    case 'task.cancel':
      return NOTHING;
    case 'subtask.cancel':
    case 'thread.suspend-then-resume':
    case 'thread.yield-then-resume':
    case 'thread.suspend-then-promote':
    case 'thread.yield-then-promote':
      return I32_TO_I32;
    case 'subtask.drop':
    case 'waitable-set.drop':
    case 'error-context.drop':
    case 'thread.resume-later':
      return TAKES_I32;
    case 'waitable.join':
      return { params: ['i32', 'i32'], results: [] };
    case 'waitable-set.new':
    case 'thread.index':
    case 'thread.suspend':
    case 'thread.yield':
    case 'thread.available-parallelism':
      return GIVES_I32;
    case 'waitable-set.wait':
    case 'waitable-set.poll': {
      const memory = place.core.at(place.context, 'memory', canon.memory, place.offset);
      return { params: ['i32', memory?.limits.memory64 === true ? 'i64' : 'i32'], results: ['i32'] };
    }
    case 'error-context.new': {
      const address = checkOptions(place, canon.options, CONTEXT_OPTIONS);
      need(place, canon.options, 'memory');
      return { params: [address, address], results: ['i32'] };
    }
    case 'error-context.debug-message': {
      const address = checkOptions(place, canon.options, CONTEXT_OPTIONS);
      need(place, canon.options, 'memory');
      need(place, canon.options, 'realloc');
      return { params: ['i32', address], results: [] };
    }
    case 'thread.new-indirect':
    case 'thread.spawn-indirect':
      return threadIndirect(place, canon);
    case 'thread.spawn-ref': {
      const start = startType(place, canon.type);
      if (start === undefined) return undefined;
      return { params: [`(ref null ${canon.type})`, start], results: ['i32'] };
    }
    default:
      return streamOrFuture(place, canon);
  }
}

function resourceAt(place: CheckedScope, index: number): ResourceNode | undefined {
  const node = typeAt(place.context, place.spaces, index, place.offset);
  if (node === undefined) return undefined;
  const target = peel(node);
  if (target.tag === 'resource') return target;
  fault(place, 'not-a-resource', `type ${index} is ${typeNodeText(target.tag)}, not a resource`);
  return undefined;
}

/** Only the component that defines a resource sees its representation. */
function localRep(place: CheckedScope, index: number): string {
  const resource = resourceAt(place, index);
  if (resource === undefined) return 'i32';
  if (resource.definition?.spaces === place.spaces) return resource.definition.rep;
  fault(place, 'not-a-local-resource', `type ${index} is a resource that this component does not define`);
  return 'i32';
}

function taskReturn(
  place: CheckedScope,
  canon: Extract<Canon, { tag: 'task.return' }>,
): CoreFuncType | undefined {
  const { context, spaces, offset } = place;
  const { options } = canon;
  const address = checkOptions(place, options, RETURN_OPTIONS);
  const result = canon.result === undefined ? undefined : valueType(context, spaces, canon.result, offset);
  if (canon.result !== undefined && result === undefined) return undefined;
  const params = result === undefined ? [] : [result];
  if (params.some(hasPointers) || flattenTypes(params, address) === undefined) need(place, options, 'memory');
  if (result !== undefined) {
    const node = peelValue(result);
    if (typeof node !== 'string' && node.hasBorrow)
      fault(place, 'borrow-in-result', 'the result of a function cannot hold a `borrow`');
  }
  const func: FuncNode = {
    tag: 'func',
    async: false,
    params: params.map((type) => ({ name: 'result', type })),
  };
  return flattenFunc(func, { address, async: false, hasCallback: false }, 'lower');
}

function streamOrFuture(
  place: CheckedScope,
  canon: Extract<Builtin, { tag: `${'stream' | 'future'}.${string}` }>,
): CoreFuncType | undefined {
  const [of, operation] = canon.tag.split('.') as ['stream' | 'future', string];
  const node = typeAt(place.context, place.spaces, canon.type, place.offset);
  const target = node && peel(node);
  const defined = target?.tag === 'defined' && target.type.tag === of ? target : undefined;
  if (node !== undefined && defined === undefined)
    fault(place, 'wrong-type-sort', `type ${canon.type} is not a ${of}`);
  if ('options' in canon) return transfer(place, canon.options, of, operation, defined);
  switch (operation) {
    case 'new':
      return { params: [], results: ['i64'] };
    case 'cancel-read':
    case 'cancel-write':
      return I32_TO_I32;
    default:
      return TAKES_I32;
  }
}

/** Reading lowers elements into this component's memory, writing lifts them out of it. */
function transfer(
  place: CheckedScope,
  options: CanonOptions,
  of: 'stream' | 'future',
  operation: string,
  type: DefinedNode | undefined,
): CoreFuncType {
  const address = checkOptions(place, options, LOWER_OPTIONS);
  const [element] = type?.children ?? [];
  if (element !== undefined) {
    need(place, options, 'memory');
    if (operation === 'read' && hasPointers(element)) need(place, options, 'realloc');
  }
  return of === 'stream'
    ? { params: ['i32', address, address], results: [address] }
    : { params: ['i32', address], results: ['i32'] };
}

function threadIndirect(
  place: CheckedScope,
  canon: Extract<Canon, { tag: 'thread.new-indirect' | 'thread.spawn-indirect' }>,
): CoreFuncType | undefined {
  const start = startType(place, canon.type);
  const table = place.core.at(place.context, 'table', canon.table, place.offset);
  if (table !== undefined && !TABLES_OF_FUNCTIONS.has(table.element))
    fault(place, 'wrong-core-type', `the table holds ${table.element}, not functions`);
  if (start === undefined) return undefined;
  return { params: [table?.limits.memory64 === true ? 'i64' : 'i32', start], results: ['i32'] };
}

const TABLES_OF_FUNCTIONS: ReadonlySet<string> = new Set([
  'funcref',
  'nullfuncref',
  '(ref func)',
  '(ref nofunc)',
]);

/** The parameter of a thread's start function, whose type must be `(func (param i32))`. */
function startType(place: CheckedScope, index: number): Address | undefined {
  const { context, spaces, offset } = place;
  checkBounds(context, 'core type', index, spaces.coreTypes.length, offset);
  const type = spaces.coreTypes[index]?.type;
  if (type === undefined || type.tag === 'other') return undefined;
  const param =
    type.tag === 'func' && type.params.length === 1 && type.results.length === 0 ? type.params[0] : undefined;
  if (param === 'i32' || param === 'i64') return param;
  fault(
    place,
    'wrong-core-type',
    `a thread starts with a function of type [i32] -> [], which core type ${index} is not`,
  );
  return undefined;
}
