/**
 * The sense of the reference's trap messages, as patterns over our wording. A message that is not listed matches any
 * trap: the scripts' wording is one implementation's, the specification has none.
 */
const SENSES: readonly (readonly [RegExp, RegExp])[] = [[/unreachable/u, /unreachable/iu]];

/** Whether a trap's message has the sense that the script asks for. */
export function trapMatches(expected: string, actual: string): boolean {
  const sense = SENSES.find(([reference]) => reference.test(expected));
  return sense === undefined || sense[1].test(actual);
}
