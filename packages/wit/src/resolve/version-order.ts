import type { PackageName } from '@wit-ts/model';

/** Compares versions by the precedence of semver, and then by their build part, so that the order is total. */
export function compareSemver(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  for (let i = 0; i < 3; i += 1) {
    const difference = BigInt(left.numbers[i] ?? 0) - BigInt(right.numbers[i] ?? 0);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  // A version without a pre-release part comes after all that have one.
  if ((left.pre === undefined) !== (right.pre === undefined)) return left.pre === undefined ? 1 : -1;
  return compareParts(left.pre, right.pre) || compareParts(left.build, right.build);
}

/**
 * Compares package names in the order in which the reference visits packages: by namespace, name and version. No
 * version comes first.
 */
export function comparePackageNames(a: PackageName, b: PackageName): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  if (a.version === undefined || b.version === undefined) {
    return Number(a.version !== undefined) - Number(b.version !== undefined);
  }
  return compareSemver(a.version, b.version);
}

function split(version: string): { numbers: string[]; pre: string | undefined; build: string | undefined } {
  const [rest = '', build] = cut(version, '+');
  const [numbers = '', pre] = cut(rest, '-');
  return { numbers: numbers.split('.'), pre, build };
}

function cut(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function compareParts(a: string | undefined, b: string | undefined): number {
  const left = a?.split('.') ?? [];
  const right = b?.split('.') ?? [];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const result = compareIdentifiers(left[i], right[i]);
    if (result !== 0) return result;
  }
  return 0;
}

/** Compares identifiers: numbers come before words and are compared as numbers, and a missing one comes first. */
function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  const [leftIsNumber, rightIsNumber] = [/^\d+$/u.test(a), /^\d+$/u.test(b)];
  if (leftIsNumber !== rightIsNumber) return leftIsNumber ? -1 : 1;
  if (leftIsNumber && BigInt(a) !== BigInt(b)) return BigInt(a) < BigInt(b) ? -1 : 1;
  return a < b ? -1 : 1;
}
