import type { Alias, CoreFuncType, CoreInstance, CoreSort, CoreValType } from '../ast.ts';
import type { CoreItem } from '../core/module-type.ts';
import { subItem } from '../core/subtype.ts';
import { DecodeError } from '../decode-error.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { checkBounds } from '../elaborate/index-lookup.ts';
import { mismatchCollector } from '../elaborate/mismatch-collector.ts';
import { moduleTypeOf } from '../elaborate/module-type-of.ts';
import type { IndexSpaces } from '../elaborate/index-spaces.ts';
import { withArticle } from '../with-article.ts';

type Items<T extends CoreItem['tag']> = (Extract<CoreItem, { tag: T }> | undefined)[];
type CoreInstanceExports = ReadonlyMap<string, CoreItem | undefined>;

/** The core index spaces of a component, which do not affect its type. The fault of a hole has been reported. */
export class CoreSpaces {
  readonly instances: (CoreInstanceExports | undefined)[] = [];
  readonly func: Items<'func'> = [];
  readonly table: Items<'table'> = [];
  readonly memory: Items<'memory'> = [];
  readonly global: Items<'global'> = [];
  readonly tag: Items<'tag'> = [];
  /** The type of the context slots, which the first built-in that uses one sets. */
  contextType: CoreValType | undefined;

  defineFunc(type: CoreFuncType | undefined): void {
    this.func.push(type && { tag: 'func', type });
  }

  /** Returns the definition at an index. Reports an index that names nothing. */
  at<T extends CoreItem['tag']>(
    context: EvaluationContext,
    sort: T,
    index: number,
    offset: number,
  ): Extract<CoreItem, { tag: T }> | undefined {
    const space = this[sort] as unknown as Items<T>;
    checkBounds(context, `core ${sort}`, index, space.length, offset);
    return space[index];
  }

  instanceAt(context: EvaluationContext, index: number, offset: number): CoreInstanceExports | undefined {
    checkBounds(context, 'core instance', index, this.instances.length, offset);
    return this.instances[index];
  }

  push(sort: CoreItem['tag'], item: CoreItem | undefined): void {
    (this[sort] as (CoreItem | undefined)[]).push(item?.tag === sort ? item : undefined);
  }
}

function isItemSort(sort: CoreSort): sort is CoreItem['tag'] {
  return sort !== 'type' && sort !== 'module' && sort !== 'instance';
}

/** `core:instance` definitions. */
export function checkCoreInstance(
  context: EvaluationContext,
  spaces: IndexSpaces,
  core: CoreSpaces,
  instance: CoreInstance,
  offset: number,
): void {
  core.instances.push(
    instance.tag === 'exports'
      ? inlineExports(context, core, instance, offset)
      : instantiation(context, spaces, core, instance, offset),
  );
}

function inlineExports(
  context: EvaluationContext,
  core: CoreSpaces,
  instance: Extract<CoreInstance, { tag: 'exports' }>,
  offset: number,
): CoreInstanceExports {
  const exports = new Map<string, CoreItem | undefined>();
  for (const { name, sort, index } of instance.exports) {
    if (exports.has(name)) context.report('name-conflict', `there are two core exports \`${name}\``, offset);
    if (isItemSort(sort)) exports.set(name, core.at(context, sort, index, offset));
    else context.report('wrong-sort', `a core instance cannot export ${withArticle(sort)}`, offset);
  }
  return exports;
}

function instantiation(
  context: EvaluationContext,
  spaces: IndexSpaces,
  core: CoreSpaces,
  instance: Extract<CoreInstance, { tag: 'instantiate' }>,
  offset: number,
): CoreInstanceExports | undefined {
  const args = new Map<string, CoreInstanceExports | undefined>();
  for (const arg of instance.args) {
    if (args.has(arg.name))
      context.report('name-conflict', `there are two arguments \`${arg.name}\``, offset);
    args.set(arg.name, core.instanceAt(context, arg.instance, offset));
  }
  checkBounds(context, 'core module', instance.module, spaces.count('core module'), offset);
  const module = spaces.entity('core module', instance.module)?.module;
  const type = module && moduleTypeOf(module);
  if (type === undefined || type instanceof DecodeError) return undefined;
  context.spend(type.imports.length);
  const missing = new Set<string>();
  for (const { module: from, name, item } of type.imports) {
    const given = args.get(from);
    if (!args.has(from)) {
      if (!missing.has(from))
        context.report(
          'missing-argument',
          `the core module imports from \`${from}\`, but no core instance is given for it`,
          offset,
        );
      missing.add(from);
    } else if (given !== undefined && !given.has(name)) {
      context.report(
        'missing-argument',
        `the core instance given for \`${from}\` exports no \`${name}\``,
        offset,
      );
    } else {
      const found = given?.get(name);
      const mismatch = mismatchCollector(context, 'wrong-argument', offset);
      if (found !== undefined && mismatch !== undefined)
        subItem(item, found, mismatch.at(`core import \`${from}\` \`${name}\``));
    }
  }
  return type.exports;
}

/** `alias core export` */
export function aliasCoreExport(
  context: EvaluationContext,
  core: CoreSpaces,
  alias: Extract<Alias, { tag: 'core-export' }>,
  offset: number,
): void {
  const exports = core.instanceAt(context, alias.instance, offset);
  if (!isItemSort(alias.sort)) {
    context.report('wrong-sort', `a core instance exports no ${alias.sort}`, offset);
    return;
  }
  const item = exports?.get(alias.name);
  if (exports !== undefined && !exports.has(alias.name)) {
    context.report('no-such-export', `core instance ${alias.instance} exports no \`${alias.name}\``, offset);
  } else if (item !== undefined && item.tag !== alias.sort) {
    const message = `export \`${alias.name}\` of core instance ${alias.instance} is ${withArticle(item.tag)}, not ${withArticle(alias.sort)}`;
    context.report('wrong-sort', message, offset);
  }
  core.push(alias.sort, item);
}
