import type { CoreExternType, CoreSubType, CoreType, CoreValType, Limits } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { checkBounds } from '../elaborate/index-lookup.ts';
import { moduleTypeOf } from '../elaborate/module-type-of.ts';
import type { IndexSpaces } from '../elaborate/index-spaces.ts';
import type { CoreTypeNode } from '../elaborate/nodes.ts';

const MAX_PAGES = 65536n;
const MAX_PAGES_64 = 2n ** 48n;

/** Checks that the imports of an embedded core module have distinct names, and that the engine accepts the module. */
export function checkCoreModule(
  context: EvaluationContext,
  bytes: Uint8Array,
  offset: number,
  engine: boolean,
): void {
  const type = moduleTypeOf({ tag: 'body', bytes, offset });
  if (type instanceof DecodeError) {
    context.report('invalid-core-module', type.plainMessage, type.offset);
    return;
  }
  const imports = new TwoLevelNames();
  for (const { module, name } of type.imports) imports.add(context, module, name, offset);
  if (engine) {
    const fault = engineFault(bytes);
    if (fault !== undefined)
      context.report('invalid-core-module', `the engine rejects this core module: ${fault}`, offset);
  }
}

function engineFault(bytes: Uint8Array): string | undefined {
  // Not every platform has an engine, and engines do not accept views of shared memory.
  if (typeof WebAssembly === 'undefined' || isShared(bytes.buffer)) return undefined;
  const source = bytes as Uint8Array<ArrayBuffer>;
  if (WebAssembly.validate(source)) return undefined;
  try {
    void new WebAssembly.Module(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Buffers may come from another realm. */
function isShared(buffer: ArrayBufferLike): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

/** The two-level names of core imports, each of which must be unique. */
class TwoLevelNames {
  readonly #seen = new Map<string, Set<string>>();

  add(context: EvaluationContext, module: string, name: string, offset: number): void {
    let names = this.#seen.get(module);
    if (names === undefined) {
      names = new Set();
      this.#seen.set(module, names);
    }
    if (names.has(name))
      context.report('name-conflict', `there are two core imports \`${module}\` \`${name}\``, offset);
    names.add(name);
  }
}

/** A core type index space, as far as types that refer to it need it. */
interface CoreTypeSpace {
  readonly length: number;
  /** Returns `undefined` for a type that is faulty. */
  at(index: number): CoreSubType | 'module' | undefined;
}

/** Checks a core type. The engine compares the types that subtypes are declared to extend. */
export function checkCoreType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: CoreType,
  offset: number,
): void {
  if (type.tag === 'module') checkModuleType(context, spaces, type, offset);
  else {
    const { coreTypes } = spaces;
    const before = { length: coreTypes.length, at: (index: number) => subTypeOf(coreTypes[index]) };
    checkGroup(context, before, subTypesOf(type), offset);
  }
}

function subTypesOf(type: Exclude<CoreType, { tag: 'module' }>): readonly CoreSubType[] {
  return type.tag === 'func' ? [{ supertypes: [], ...type }] : type.types;
}

/** Returns the entry of a core type index space as a type of a recursion group. */
export function subTypeOf(node: CoreTypeNode | undefined): CoreSubType | 'module' | undefined {
  if (node === undefined) return undefined;
  return node.type.tag === 'module' ? 'module' : subTypesOf(node.type)[node.member];
}

/** Checks what the types of a recursion group refer to: types before them, and each other. */
function checkGroup(
  context: EvaluationContext,
  before: CoreTypeSpace,
  group: readonly CoreSubType[],
  offset: number,
): void {
  const { length } = before;
  const visible: CoreTypeSpace = {
    length: length + group.length,
    at: (index) => (index < length ? before.at(index) : group[index - length]),
  };
  for (const [i, type] of group.entries()) {
    for (const part of type.tag === 'func' ? [...type.params, ...type.results] : type.fields)
      checkReference(context, visible, part, offset);
    if (type.supertypes.length > 1)
      context.report('bad-core-type', 'a core type can extend only one other type', offset);
    for (const index of type.supertypes) {
      checkBounds(context, 'core type', index, length + i, offset);
      const supertype = index < length + i ? visible.at(index) : undefined;
      if (supertype !== undefined && (supertype === 'module' || supertype.tag !== type.tag)) {
        const message = `a ${type.tag} type cannot extend core type ${index}, which is a ${kindOf(supertype)} type`;
        context.report('bad-core-type', message, offset);
      }
    }
  }
}

function kindOf(type: CoreSubType | 'module'): string {
  return type === 'module' ? type : type.tag;
}

const BY_INDEX = /^\(ref (?:null )?(\d+)\)$/u;

/** Checks the index of a reference type such as `(ref null 3)`. */
function checkReference(
  context: EvaluationContext,
  visible: CoreTypeSpace,
  type: CoreValType,
  offset: number,
): void {
  const digits = BY_INDEX.exec(type)?.[1];
  if (digits === undefined) return;
  const index = Number(digits);
  checkBounds(context, 'core type', index, visible.length, offset);
  if (visible.at(index) === 'module') {
    const message = `core type ${index} is a module type, to which a core type cannot refer`;
    context.report('wrong-type-sort', message, offset);
  }
}

function checkModuleType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: Extract<CoreType, { tag: 'module' }>,
  offset: number,
): void {
  const types: (CoreSubType | undefined)[] = [];
  const imports = new TwoLevelNames();
  const exports = new Set<string>();
  for (const declaration of type.declarations) {
    switch (declaration.tag) {
      case 'type': {
        const inner = declaration.type;
        if (inner.tag === 'module') {
          context.report('nested-module-type', 'a module type cannot define another one', offset);
          types.push(undefined);
          break;
        }
        const group = subTypesOf(inner);
        checkGroup(context, types, group, offset);
        for (const member of group) types.push(member);
        break;
      }
      case 'alias':
        types.push(aliasedType(context, spaces, declaration, types, offset));
        break;
      case 'import':
        imports.add(context, declaration.module, declaration.name, offset);
        checkExtern(context, declaration.type, types, offset);
        break;
      case 'export':
        if (exports.has(declaration.name))
          context.report('name-conflict', `there are two core exports \`${declaration.name}\``, offset);
        exports.add(declaration.name);
        checkExtern(context, declaration.type, types, offset);
    }
  }
}

/** Checks the type of an import or export of a module type. */
function checkExtern(
  context: EvaluationContext,
  extern: CoreExternType,
  types: readonly (CoreSubType | undefined)[],
  offset: number,
): void {
  switch (extern.tag) {
    case 'func':
    case 'tag': {
      checkBounds(context, 'core type', extern.type, types.length, offset);
      const type = types[extern.type];
      if (type === undefined) return;
      if (type.tag !== 'func') {
        const message = `core type ${extern.type} is a ${type.tag} type, but a function type is needed here`;
        context.report('wrong-type-sort', message, offset);
      } else if (extern.tag === 'tag' && type.results.length > 0) {
        context.report('bad-core-type', 'the type of a tag cannot have results', offset);
      }
      return;
    }
    case 'memory':
      checkLimits(context, extern.limits, 'memory', offset);
      return;
    case 'table':
      checkReference(context, types, extern.element, offset);
      checkLimits(context, extern.limits, 'table', offset);
      return;
    case 'global':
      checkReference(context, types, extern.type, offset);
  }
}

/** Returns the type that an alias in a module type refers to. */
function aliasedType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  { count, index }: { readonly count: number; readonly index: number },
  own: readonly (CoreSubType | undefined)[],
  offset: number,
): CoreSubType | undefined {
  if (count === 0) {
    checkBounds(context, 'core type', index, own.length, offset);
    return own[index];
  }
  const from = spaces.outer(count - 1);
  if (from === undefined) {
    context.report(
      'outer-alias-count',
      `there is no scope ${count} levels out from this module type`,
      offset,
    );
    return undefined;
  }
  checkBounds(context, 'core type', index, from.count('core type') ?? 0, offset);
  const type = subTypeOf(from.coreType(index));
  if (type !== 'module') return type;
  context.report('nested-module-type', 'a module type cannot alias another one', offset);
  return undefined;
}

function checkLimits(
  context: EvaluationContext,
  limits: Limits,
  what: 'memory' | 'table',
  offset: number,
): void {
  const { minimum, maximum, memory64, shared, pageSizeLog2 } = limits;
  if (maximum !== undefined && maximum < minimum) {
    context.report('bad-limits', `the maximum of a ${what} is below its minimum`, offset);
  }
  if (shared && maximum === undefined)
    context.report('bad-limits', `a shared ${what} needs a maximum`, offset);
  if (pageSizeLog2 !== undefined && (what === 'table' || (pageSizeLog2 !== 0 && pageSizeLog2 !== 16)))
    context.report('bad-limits', `pages of 2^${pageSizeLog2} bytes are not allowed in a ${what}`, offset);
  if (what === 'table' || pageSizeLog2 === 0) return;
  const pages = memory64 ? MAX_PAGES_64 : MAX_PAGES;
  if (minimum > pages || (maximum ?? 0n) > pages) {
    context.report('bad-limits', `a memory has at most ${pages} pages`, offset);
  }
}
