/**
 * Kinds of traps, told by a word or two that the reference's messages and ours have in common. The wording is no part of the
 * specification; that the right thing is found wrong is.
 */
const KINDS: readonly RegExp[] = [
  /cannot leave/iu,
  /cannot enter/iu,
  /utf-?(?:8|16)|surrogate/iu,
  /`char`/iu,
  /discriminant/iu,
  /out[ -]of[ -]bounds|beyond end of memory/iu,
  /unaligned|not aligned/iu,
  /unknown handle index/iu,
  /wrong type/iu,
  /while borrowed|while it is lent/iu,
  /borrow handles? still remain/iu,
  /cannot block/iu,
  /deadlock/iu,
  /callback code/iu,
  /\bbusy\b/iu,
  /\bwaiters\b/iu,
  /waitable set/iu,
  /not yet resolved/iu,
  /without first writing/iu,
  /intra-component/iu,
  /previous (?:read|write)|end dropped/iu,
  /unreachable/iu,
];

/** Whether a trap is of the kind that the script asks for. A message of no known kind is met by any trap. */
export function trapMatches(expected: string, actual: string): boolean {
  const kind = KINDS.find((words) => words.test(expected));
  return kind === undefined || kind.test(actual);
}
