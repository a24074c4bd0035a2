import type { CoreExternType, CoreType, Limits } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { checkBounds } from '../elaborate/index-lookup.ts';
import { moduleTypeOf } from '../elaborate/module-type-of.ts';
import type { IndexSpaces } from '../elaborate/index-spaces.ts';

const MAX_PAGES = 65536n;

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
  if (typeof WebAssembly === 'undefined' || !(bytes.buffer instanceof ArrayBuffer)) return undefined;
  const source = bytes as Uint8Array<ArrayBuffer>;
  if (WebAssembly.validate(source)) return undefined;
  try {
    void new WebAssembly.Module(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
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

/** Checks the inside of a module type. The engine validates other core types. */
export function checkCoreType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: CoreType,
  offset: number,
): void {
  if (type.tag !== 'module') return;
  const types: ('func' | 'other' | undefined)[] = [];
  const imports = new TwoLevelNames();
  const exports = new Set<string>();
  const checkExtern = (extern: CoreExternType): void => {
    switch (extern.tag) {
      case 'func':
      case 'tag':
        checkBounds(context, 'core type', extern.type, types.length, offset);
        return;
      case 'memory':
        checkLimits(context, extern.limits, 'memory', offset);
        return;
      case 'table':
        checkLimits(context, extern.limits, 'table', offset);
        return;
      default:
    }
  };
  for (const declaration of type.declarations) {
    switch (declaration.tag) {
      case 'type': {
        const inner = declaration.type;
        if (inner.tag === 'module')
          context.report('nested-module-type', 'a module type cannot define another one', offset);
        const count = inner.tag === 'other' ? inner.count : 1;
        for (let i = 0; i < count; i += 1) types.push(inner.tag === 'func' ? 'func' : 'other');
        break;
      }
      case 'alias':
        types.push(aliasedType(context, spaces, declaration.count, declaration.index, types, offset));
        break;
      case 'import':
        imports.add(context, declaration.module, declaration.name, offset);
        checkExtern(declaration.type);
        break;
      case 'export':
        if (exports.has(declaration.name))
          context.report('name-conflict', `there are two core exports \`${declaration.name}\``, offset);
        exports.add(declaration.name);
        checkExtern(declaration.type);
    }
  }
}

function aliasedType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  count: number,
  index: number,
  own: readonly ('func' | 'other' | undefined)[],
  offset: number,
): 'func' | 'other' | undefined {
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
  const type = from.coreType(index)?.type;
  if (type?.tag === 'module')
    context.report('nested-module-type', 'a module type cannot alias another one', offset);
  return type === undefined ? undefined : type.tag === 'func' ? 'func' : 'other';
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
  if (
    what === 'memory' &&
    !memory64 &&
    pageSizeLog2 === undefined &&
    (minimum > MAX_PAGES || (maximum ?? 0n) > MAX_PAGES)
  ) {
    context.report('bad-limits', `a memory has at most ${MAX_PAGES} pages`, offset);
  }
}
