/**
 * Versions in names of interfaces (`Explainer.md`, "Canonical interface name"). The runtime links imports by semver
 * compatibility and has no dependencies, so the few functions that it needs are here.
 */

const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*))?(?:\+([\da-z-]+(?:\.[\da-z-]+)*))?$/iu;

/** Returns true if a text is a version by the grammar of semver.org. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/**
 * Returns the part of a version within which newer versions can replace older ones: `1` for 1.2.3, `0.2` for 0.2.6,
 * `0.0.3` for 0.0.3. A pre-release is compatible only with itself, and so is a text that is not a version.
 */
export function compatibilityTrack(version: string): string {
  const match = VERSION.exec(version);
  if (match === null) return version;
  const [, major = '', minor = '', patch = '', pre] = match;
  if (pre !== undefined) return version;
  if (major !== '0') return major;
  if (minor !== '0') return `0.${minor}`;
  return `0.0.${patch}`;
}

/**
 * Returns the key that semver-compatible interface names share: `wasi:io/streams@0.2` for `wasi:io/streams@0.2.6`. A
 * name without a version is its own key.
 */
export function compatibilityKey(name: string): string {
  const at = name.indexOf('@');
  return at < 0 ? name : `${name.slice(0, at)}@${compatibilityTrack(name.slice(at + 1))}`;
}

/** Compares two versions of one track by major, minor and patch. Texts that are not versions come first. */
export function compareVersions(a: string, b: string): number {
  const left = VERSION.exec(a);
  const right = VERSION.exec(b);
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  for (let i = 1; i <= 3; i += 1) {
    const difference = BigInt(left[i] ?? 0) - BigInt(right[i] ?? 0);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}
