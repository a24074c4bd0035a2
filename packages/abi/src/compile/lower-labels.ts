import { isInherited } from '../helpers/lower-values.ts';
import { notPlain } from './checks.ts';
import { literal, property, type Code } from './text.ts';
import type { Unit } from './unit.ts';

/** Up to this many labels a chain of comparisons beats a look-up. */
export const FEW = 8;

/** A constant map from the names to their indices. */
export function indicesOf(unit: Unit, names: readonly string[]): string {
  const entries = names.map((name, index) => `[${literal(name)}, ${index}]`);
  return unit.constant('indices', `new Map([${entries.join(', ')}])`);
}

/** Writes the code that checks an enum, and gives the local with its index. */
export function lowerEnum(unit: Unit, code: Code, names: readonly string[], value: string): string {
  const index = unit.name('d');
  if (names.length > FEW) {
    code.line(`const ${index} = ${indicesOf(unit, names)}.get(${value});`);
    if (!unit.trusted) code.line(`if (${index} === undefined) ${unit.use('bad')}();`);
    return index;
  }
  const chain = names.map((name, at) => `${value} === ${literal(name)} ? ${at} : `).join('');
  code.line(`const ${index} = ${chain}${unit.use('bad')}();`);
  return index;
}

/** What a field or a flag of a value is read by. */
export function readMember(unit: Unit, value: string, key: string): string {
  return isInherited(key) && !unit.trusted
    ? `${unit.use('memberOf')}(${value}, ${literal(key)})`
    : property(value, key);
}

/** Writes the code that checks flags, and gives the local with their bits. Nothing means none, as it does for options. */
export function lowerFlags(unit: Unit, code: Code, keys: readonly string[], value: string): string {
  const bits = unit.name('f');
  code.line(`let ${bits} = 0;`);
  if (unit.trusted) {
    for (const [index, key] of keys.entries())
      code.line(`if (${property(value, key)}) ${bits} |= ${1 << index};`);
    return bits;
  }
  code.block(`if (${value} !== undefined && ${value} !== null)`, () => {
    code.line(`if (typeof ${value} !== "object") ${unit.use('bad')}();`);
    code.line(`if (${notPlain(value)}) ${unit.use('bad')}();`);
    for (const [index, key] of keys.entries()) {
      const flag = unit.name('b');
      code.line(`const ${flag} = ${readMember(unit, value, key)};`);
      code.line(`if (${flag} === true) ${bits} |= ${1 << index};`);
      code.line(`else if (${flag} !== false && ${flag} !== undefined) ${unit.use('bad')}();`);
    }
    code.line(`if (${bits} === 0 && ${unit.use('isBuiltIn')}(${value})) ${unit.use('bad')}();`);
    const key = unit.name('k');
    const unknown =
      keys.length <= FEW
        ? keys.map((name) => `${key} !== ${literal(name)}`).join(' && ')
        : `!${unit.constant('keys', `new Set([${keys.map(literal).join(', ')}])`)}.has(${key})`;
    code.line(`for (const ${key} in ${value}) if (${unknown}) ${unit.use('bad')}();`);
  });
  return bits;
}
