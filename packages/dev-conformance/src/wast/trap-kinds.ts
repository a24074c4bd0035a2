/**
 * The kinds of traps. Each pattern is a word or two that the reference's message and ours have in common. The
 * specification does not prescribe the wording, but a trap of a different kind is an error.
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

/**
 * Returns whether a trap is of the kind that the script expects. Any trap matches an expected message of unknown kind.
 */
export function trapMatches(expected: string, actual: string): boolean {
  const kind = KINDS.find((words) => words.test(expected));
  return kind === undefined || kind.test(actual);
}
