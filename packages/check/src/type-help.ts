/** What to do where a type is another one; both as WIT. */
export function typeHelp(expected: string, found: string): string {
  if (NUMBER.test(expected) && NUMBER.test(found)) {
    return 'numbers of different width, sign or kind are different types; nothing converts them at the border';
  }
  const sides = [expected, found];
  if (sides.includes('string') && sides.includes('list<u8>')) {
    return 'text is `string`, bytes are `list<u8>`; nothing converts them at the border';
  }
  if (FIXED.test(expected) !== FIXED.test(found) && sides.every((side) => side.startsWith('list<'))) {
    return 'a list of fixed length is another type than a list';
  }
  if (expected === `option<${found}>` || found === `option<${expected}>`) {
    return 'what may be absent has another type than what is always there: write `option<…>` on both sides or on none';
  }
  if (wraps(expected, found) || wraps(found, expected)) {
    return 'what may fail has another type than what cannot: write `result<…>` on both sides or on none';
  }
  return `types must be the same on both sides: write \`${expected}\` in the component, or \`${found}\` in the world`;
}

const NUMBER = /^(?:[us](?:8|16|32|64)|f32|f64)$/u;
const FIXED = /^list<.+, \d+>$/u;

function wraps(outer: string, inner: string): boolean {
  return outer === `result<${inner}>` || outer.startsWith(`result<${inner}, `);
}
