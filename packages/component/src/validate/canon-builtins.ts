import type { Canon, CanonOptions, CoreFuncType } from '../ast.ts';
import { typeNodeText } from '../elaborate/fault-texts.ts';
import { checkBounds, typeAt, valueType } from '../elaborate/index-lookup.ts';
import { type DefinedNode, modelOf, peel, peelValue, type ResourceNode } from '../elaborate/nodes.ts';
import {
  type CanonDefinition,
  checkOptions,
  ERROR_CONTEXT_OPTIONS,
  fault,
  LOWER_OPTIONS,
  memoryAt,
  need,
  RETURN_OPTIONS,
} from './canon-options.ts';
import { subTypeOf } from './core-types.ts';
import { coreTypeOf, hasPointers } from './memory-use.ts';

const NOTHING: CoreFuncType = { params: [], results: [] };
const TAKES_I32: CoreFuncType = { params: ['i32'], results: [] };
const GIVES_I32: CoreFuncType = { params: [], results: ['i32'] };
const I32_TO_I32: CoreFuncType = { params: ['i32'], results: ['i32'] };

type Builtin = Exclude<Canon, { tag: 'lift' | 'lower' }>;

/** Checks a built-in and returns the type of its core function; `undefined` when that depends on what is faulty. */
export function builtin(canonical: CanonDefinition, canon: Builtin): CoreFuncType | undefined {
  if ('cancellable' in canon && canon.cancellable)
    fault(
      canonical,
      'reserved-immediate',
      'the immediate that was `cancellable` is reserved and must be 0x00',
    );
  switch (canon.tag) {
    case 'resource.new':
      return { params: [localRep(canonical, canon.resource)], results: ['i32'] };
    case 'resource.rep':
      return { params: ['i32'], results: [localRep(canonical, canon.resource)] };
    case 'resource.drop':
      resourceAt(canonical, canon.resource);
      return TAKES_I32;
    case 'task.return':
      return taskReturn(canonical, canon);
    case 'context.get':
    case 'context.set':
      checkContextSlot(canonical, canon);
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
      const memory = memoryAt(canonical, canon.memory);
      return { params: ['i32', memory?.limits.memory64 === true ? 'i64' : 'i32'], results: ['i32'] };
    }
    case 'error-context.new': {
      const address = checkOptions(canonical, canon.options, ERROR_CONTEXT_OPTIONS);
      need(canonical, canon.options, 'memory');
      return { params: [address, address], results: ['i32'] };
    }
    case 'error-context.debug-message': {
      const address = checkOptions(canonical, canon.options, ERROR_CONTEXT_OPTIONS);
      need(canonical, canon.options, 'memory');
      need(canonical, canon.options, 'realloc');
      return { params: ['i32', address], results: [] };
    }
    case 'thread.new-indirect':
    case 'thread.spawn-indirect':
      return threadIndirect(canonical, canon);
    case 'thread.spawn-ref': {
      const start = startType(canonical, canon.type, canon.shared);
      if (start === undefined) return undefined;
      return { params: [`(ref null ${canon.type})`, start], results: ['i32'] };
    }
    default:
      return streamOrFuture(canonical, canon);
  }
}

/** All slots that a component uses have one type. */
function checkContextSlot(
  canonical: CanonDefinition,
  { type, slot }: Extract<Canon, { tag: 'context.get' | 'context.set' }>,
): void {
  const { core } = canonical;
  if (type !== 'i32' && type !== 'i64')
    fault(canonical, 'bad-context', `a context slot holds i32 or i64, not ${type}`);
  else if (type !== (core.contextType ??= type))
    fault(
      canonical,
      'bad-context',
      `all context slots of a component have one type, and this is ${type} after ${core.contextType}`,
    );
  if (slot >= 2)
    fault(canonical, 'bad-context', `context slot ${slot} does not exist: there are slots 0 and 1`);
}

function resourceAt(canonical: CanonDefinition, index: number): ResourceNode | undefined {
  const node = typeAt(canonical.context, canonical.spaces, index, canonical.offset);
  if (node === undefined) return undefined;
  const target = peel(node);
  if (target.tag === 'resource') return target;
  fault(canonical, 'not-a-resource', `type ${index} is ${typeNodeText(target.tag)}, not a resource`);
  return undefined;
}

/** Only the component that defines a resource sees its representation. */
function localRep(canonical: CanonDefinition, index: number): string {
  const resource = resourceAt(canonical, index);
  if (resource === undefined) return 'i32';
  if (resource.definition?.spaces === canonical.spaces) return resource.definition.rep;
  fault(canonical, 'not-a-local-resource', `type ${index} is a resource that this component does not define`);
  return 'i32';
}

function taskReturn(
  canonical: CanonDefinition,
  canon: Extract<Canon, { tag: 'task.return' }>,
): CoreFuncType | undefined {
  const { context, spaces, offset } = canonical;
  const { options } = canon;
  const memory = checkOptions(canonical, options, RETURN_OPTIONS);
  const result = canon.result === undefined ? undefined : valueType(context, spaces, canon.result, offset);
  if (canon.result !== undefined && result === undefined) return undefined;
  const params = result === undefined ? [] : [{ name: 'result', type: modelOf(result) }];
  const core = coreTypeOf({ memory, async: false, callback: false }, { params }, 'lower');
  if (core?.spillsParams === true || params.some(({ type }) => hasPointers(type)))
    need(canonical, options, 'memory');
  if (result !== undefined) {
    const node = peelValue(result);
    if (typeof node !== 'string' && node.hasBorrow)
      fault(canonical, 'borrow-in-result', 'the result of a function cannot contain a `borrow`');
  }
  return core;
}

function streamOrFuture(
  canonical: CanonDefinition,
  canon: Extract<Builtin, { tag: `${'stream' | 'future'}.${string}` }>,
): CoreFuncType | undefined {
  const [of, operation] = canon.tag.split('.') as ['stream' | 'future', string];
  const node = typeAt(canonical.context, canonical.spaces, canon.type, canonical.offset);
  const target = node && peel(node);
  const defined = target?.tag === 'defined' && target.type.tag === of ? target : undefined;
  if (node !== undefined && defined === undefined)
    fault(canonical, 'wrong-type-sort', `type ${canon.type} is not a ${of}`);
  if ('options' in canon) return transfer(canonical, canon.options, of, operation, defined);
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
  canonical: CanonDefinition,
  options: CanonOptions,
  of: 'stream' | 'future',
  operation: string,
  type: DefinedNode | undefined,
): CoreFuncType {
  const address = checkOptions(canonical, options, LOWER_OPTIONS);
  const [element] = type?.children ?? [];
  if (element !== undefined) {
    need(canonical, options, 'memory');
    if (operation === 'read' && hasPointers(modelOf(element))) need(canonical, options, 'realloc');
  }
  return of === 'stream'
    ? { params: ['i32', address, address], results: [address] }
    : { params: ['i32', address], results: ['i32'] };
}

function threadIndirect(
  canonical: CanonDefinition,
  canon: Extract<Canon, { tag: 'thread.new-indirect' | 'thread.spawn-indirect' }>,
): CoreFuncType | undefined {
  const shared = canon.tag === 'thread.spawn-indirect' && canon.shared;
  const start = startType(canonical, canon.type, shared);
  const table = canonical.core.at(canonical.context, 'table', canon.table, canonical.offset);
  if (table !== undefined && !TABLES_OF_FUNCTIONS.has(table.element))
    fault(canonical, 'wrong-core-type', `the table holds ${table.element}, not functions`);
  if (shared && table?.limits.shared === false)
    fault(canonical, 'wrong-core-type', 'the immediate `shared` requires a shared table');
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
function startType(canonical: CanonDefinition, index: number, shared: boolean): 'i32' | 'i64' | undefined {
  const { context, spaces, offset } = canonical;
  checkBounds(context, 'core type', index, spaces.coreTypes.length, offset);
  const type = subTypeOf(spaces.coreTypes[index]);
  if (type === undefined) return undefined;
  const isStart =
    type !== 'module' && type.tag === 'func' && type.params.length === 1 && type.results.length === 0;
  const param = isStart ? type.params[0] : undefined;
  if (param === 'i32' || param === 'i64') {
    const isShared = type !== 'module' && type.shared === true;
    if (isShared !== shared)
      fault(
        canonical,
        'wrong-core-type',
        `core type ${index} is ${isShared ? '' : 'not '}shared, unlike the thread`,
      );
    return param;
  }
  fault(
    canonical,
    'wrong-core-type',
    `the start function of a thread must have the type [i32] -> [], and core type ${index} is different`,
  );
  return undefined;
}
