import { memberKeys } from '@wit-ts/mapping';
import { isInherited } from '../helpers/lower-values.ts';
import { notPlain } from './host-value-checks.ts';
import { literal, property, type Code } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';

/** Up to this number of labels, a chain of comparisons is faster than a map. */
export const FEW = 8;

/** Returns the name of a constant map from the labels to their indices. */
export function indicesOf(factory: FactorySource, names: readonly string[]): string {
  const entries = names.map((name, index) => `[${literal(name)}, ${index}]`);
  return factory.constant('indices', `new Map([${entries.join(', ')}])`);
}

/** Writes the code that checks an enum value, and returns the local with its index. */
export function lowerEnum(
  factory: FactorySource,
  code: Code,
  names: readonly string[],
  value: string,
): string {
  if (names.length <= FEW) {
    const chain = names.map((name, at) => `${value} === ${literal(name)} ? ${at} : `).join('');
    return factory.local(code, `${chain}${factory.use('bad')}(${value})`, 'd');
  }
  const index = factory.local(code, `${indicesOf(factory, names)}.get(${value})`, 'd');
  factory.badIf(code, `${index} === undefined`, value);
  return index;
}

/** Returns the expression that reads a field or a flag of a value. */
export function readMember(factory: FactorySource, value: string, key: string): string {
  return isInherited(key) && !factory.trusted
    ? `${factory.use('memberOf')}(${value}, ${literal(key)})`
    : property(value, key);
}

/**
 * Writes the code that checks flags, and returns the local with their bits. Missing flags are false, as missing
 * options are none.
 */
export function lowerFlags(
  factory: FactorySource,
  code: Code,
  flags: readonly { readonly name: string }[],
  value: string,
): string {
  if (factory.mapping?.flags === 'bigint') {
    // Throws for a number, which counts as a mismatch, too.
    factory.badIf(code, `BigInt.asUintN(${flags.length}, ${value}) !== ${value}`, value);
    return factory.local(code, `Number(${value}) | 0`, 'f');
  }
  const keys = memberKeys(flags, factory.mapping);
  const bits = factory.local(code, '0', 'f', 'let');
  if (factory.trusted) {
    for (const [index, key] of keys.entries())
      code.line(`if (${property(value, key)}) ${bits} |= ${1 << index};`);
    return bits;
  }
  code.block(`if (${value} !== undefined && ${value} !== null)`, () => {
    factory.badIf(code, `typeof ${value} !== "object"`);
    factory.badIf(code, notPlain(value), value);
    for (const [index, key] of keys.entries()) {
      const flag = factory.local(code, readMember(factory, value, key), 'b');
      code.line(`if (${flag} === true) ${bits} |= ${1 << index};`);
      code.line(`else if (${flag} !== false && ${flag} !== undefined) ${factory.use('bad')}(${flag});`);
    }
    factory.badIf(code, `${bits} === 0 && ${factory.use('isBuiltIn')}(${value})`);
    const key = factory.name('k');
    const unknown =
      keys.length <= FEW
        ? keys.map((name) => `${key} !== ${literal(name)}`).join(' && ')
        : `!${factory.constant('keys', `new Set([${keys.map(literal).join(', ')}])`)}.has(${key})`;
    code.line(`for (const ${key} in ${value}) if (${unknown}) ${factory.use('bad')}();`);
  });
  return bits;
}
