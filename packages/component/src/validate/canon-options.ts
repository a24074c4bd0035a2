import type { CanonOptions, CoreFuncType } from '../ast.ts';
import type { CoreItem } from '../core/module-type.ts';
import { coreFuncText, sameCoreFunc } from '../core/subtype.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import type { IndexSpaces } from '../elaborate/index-spaces.ts';
import type { CoreSpaces } from './core-spaces.ts';

/** A canonical definition that is being checked, with its index spaces. */
export interface CanonDefinition {
  readonly context: EvaluationContext;
  readonly spaces: IndexSpaces;
  readonly core: CoreSpaces;
  readonly offset: number;
  /** What messages call the definition: `canon lift`. */
  readonly what: string;
}

type OptionName = 'string-encoding' | 'memory' | 'realloc' | 'post-return' | 'async' | 'callback';

export const LIFT_OPTIONS: ReadonlySet<OptionName> = new Set([
  'string-encoding',
  'memory',
  'realloc',
  'post-return',
  'async',
  'callback',
]);
export const LOWER_OPTIONS: ReadonlySet<OptionName> = new Set([
  'string-encoding',
  'memory',
  'realloc',
  'async',
]);
export const RETURN_OPTIONS: ReadonlySet<OptionName> = new Set(['string-encoding', 'memory']);
export const ERROR_CONTEXT_OPTIONS: ReadonlySet<OptionName> = new Set([
  'string-encoding',
  'memory',
  'realloc',
]);

/**
 * Checks the rules of options that do not depend on types (`CanonicalABI.md`, "canonopt Validation"). Returns the
 * core type of addresses.
 */
export function checkOptions(
  canonical: CanonDefinition,
  options: CanonOptions,
  allowed: ReadonlySet<OptionName>,
): 'i32' | 'i64' {
  for (const name of options.repeated ?? [])
    fault(canonical, 'bad-option', `the option \`${optionText(name)}\` is given more than once`);
  const given: [OptionName, boolean][] = [
    ['memory', options.memory !== undefined],
    ['realloc', options.realloc !== undefined],
    ['post-return', options.postReturn !== undefined],
    ['async', options.async],
    ['callback', options.callback !== undefined],
  ];
  for (const [name, present] of given) {
    if (present && !allowed.has(name))
      fault(canonical, 'bad-option', `the option \`${name}\` is not allowed here`);
  }
  const memory = options.memory === undefined ? undefined : memoryAt(canonical, options.memory);
  const address = memory?.limits.memory64 === true ? 'i64' : 'i32';
  if (options.realloc !== undefined) {
    if (options.memory === undefined)
      fault(canonical, 'missing-option', 'the option `realloc` requires the option `memory`');
    checkFuncOption(canonical, 'realloc', options.realloc, {
      params: [address, address, address, address],
      results: [address],
    });
  }
  if (options.callback !== undefined) {
    if (!options.async) fault(canonical, 'bad-option', 'the option `callback` requires the option `async`');
    checkFuncOption(canonical, 'callback', options.callback, {
      params: ['i32', 'i32', 'i32'],
      results: ['i32'],
    });
  }
  return address;
}

/** Returns a memory that a definition uses, which must match `(memory 0)` or `(memory i64 0)`. */
export function memoryAt(
  canonical: CanonDefinition,
  index: number,
): Extract<CoreItem, { tag: 'memory' }> | undefined {
  const memory = canonical.core.at(canonical.context, 'memory', index, canonical.offset);
  if (memory?.limits.shared === true)
    fault(canonical, 'bad-option', 'the memory of canonical options cannot be shared');
  if ((memory?.limits.pageSizeLog2 ?? 16) !== 16)
    fault(canonical, 'bad-option', 'the memory of canonical options must have pages of 64 KiB');
  return memory;
}

function optionText(name: string): string {
  return name === 'postReturn' ? 'post-return' : name;
}

export function checkFuncOption(
  canonical: CanonDefinition,
  name: OptionName,
  index: number,
  expected: CoreFuncType,
): void {
  const found = canonical.core.at(canonical.context, 'func', index, canonical.offset)?.type;
  if (found === undefined || sameCoreFunc(expected, found)) return;
  fault(
    canonical,
    'wrong-core-type',
    `the function of \`${name}\` must have the type ${coreFuncText(expected)}, and has ${coreFuncText(found)}`,
  );
}

export function need(canonical: CanonDefinition, options: CanonOptions, name: 'memory' | 'realloc'): void {
  if (options[name] !== undefined) return;
  fault(canonical, 'missing-option', `the option \`${name}\` is required for this function's types`);
}

export function fault({ context, offset, what }: CanonDefinition, code: string, message: string): void {
  context.report(code, `${what}: ${message}`, offset);
}
