import type { CoreFuncType, CoreValType, Limits } from '../ast.ts';
import type { MismatchCollector } from '../elaborate/mismatch-collector.ts';
import type { CoreItem, ModuleType } from './module-type.ts';

/** Compares core modules by subtyping: the actual module may import less and export more than the expected type. */
export function subModule(expected: ModuleType, found: ModuleType, mismatch: MismatchCollector): void {
  if (expected === found) return;
  const declared = new Map<string, CoreItem>();
  for (const { module, name, item } of expected.imports) {
    const key = JSON.stringify([module, name]);
    if (!declared.has(key)) declared.set(key, item);
  }
  for (const { module, name, item } of found.imports) {
    const here = mismatch.at(`core import \`${module}\` \`${name}\``);
    const given = declared.get(JSON.stringify([module, name]));
    if (given === undefined) here.add('the module imports it, but the type does not declare it');
    else subItem(item, given, here);
  }
  for (const [name, item] of expected.exports) {
    const here = mismatch.at(`core export \`${name}\``);
    const given = found.exports.get(name);
    if (given === undefined) here.add('it is missing');
    else subItem(item, given, here);
  }
}

/** Compares what is given with what is imported (core specification, "External Types" of "Matching"). */
export function subItem(expected: CoreItem, found: CoreItem, mismatch: MismatchCollector): void {
  if (expected.tag !== found.tag) {
    mismatch.add(`expected a ${expected.tag}, found a ${found.tag}`);
    return;
  }
  switch (expected.tag) {
    case 'func':
    case 'tag': {
      const other = (found as typeof expected).type;
      if (expected.type === undefined || other === undefined) return;
      if (!sameCoreFunc(expected.type, other)) {
        mismatch.add(`expected ${coreFuncText(expected.type)}, found ${coreFuncText(other)}`);
      }
      return;
    }
    case 'global': {
      const other = found as typeof expected;
      if (expected.mutable !== other.mutable)
        mismatch.add(`expected a ${expected.mutable ? 'mutable' : 'constant'} global, found the other kind`);
      else if (!sameCoreType(expected.type, other.type))
        mismatch.add(`expected a global of ${expected.type}, found one of ${other.type}`);
      return;
    }
    case 'table': {
      const other = found as typeof expected;
      if (!sameCoreType(expected.element, other.element))
        mismatch.add(`expected a table of ${expected.element}, found one of ${other.element}`);
      subLimits(expected.limits, other.limits, 'table', mismatch);
      return;
    }
    case 'memory':
      subLimits(expected.limits, (found as typeof expected).limits, 'memory', mismatch);
  }
}

function subLimits(expected: Limits, found: Limits, what: string, mismatch: MismatchCollector): void {
  if (expected.memory64 !== found.memory64)
    mismatch.add(`expected a ${what} of ${expected.memory64 ? 64 : 32}-bit addresses, found the other kind`);
  if (expected.shared !== found.shared)
    mismatch.add(`expected a${expected.shared ? ' shared' : 'n unshared'} ${what}, found the other kind`);
  const fits =
    found.minimum >= expected.minimum &&
    (expected.maximum === undefined || (found.maximum !== undefined && found.maximum <= expected.maximum));
  if (!fits) mismatch.add(`expected a ${what} of ${limitsText(expected)}, found one of ${limitsText(found)}`);
  if ((expected.pageSizeLog2 ?? 16) !== (found.pageSizeLog2 ?? 16) && what === 'memory')
    mismatch.add('the memories have different page sizes');
}

function limitsText({ minimum, maximum }: Limits): string {
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

export function sameCoreFunc(left: CoreFuncType, right: CoreFuncType): boolean {
  return sameCoreTypes(left.params, right.params) && sameCoreTypes(left.results, right.results);
}

export function sameCoreTypes(left: readonly CoreValType[], right: readonly CoreValType[]): boolean {
  return left.length === right.length && left.every((type, i) => sameCoreType(type, right[i]!));
}

/** References to types by index mean different types in each module; the engine compares them. */
function sameCoreType(left: CoreValType, right: CoreValType): boolean {
  return (
    left === right ||
    (BY_INDEX.test(left) && right.includes('ref')) ||
    (BY_INDEX.test(right) && left.includes('ref'))
  );
}

const BY_INDEX = /^\(ref (?:null )?\d+\)$/u;

export function coreFuncText({ params, results }: CoreFuncType): string {
  return `[${params.join(' ')}] -> [${results.join(' ')}]`;
}
