import { compareVersions, compatibilityTrack } from '@wit-ts/model';
import type { Bump } from './report.ts';

/** A step from one version to another, and the changes that semver allows for it. */
export interface VersionStep {
  readonly old: string;
  readonly new: string;
  /** The largest bump that the step allows; `none` if the version did not increase. */
  readonly allows: Bump | 'none';
  /** Whether the step is large enough for the changes. */
  readonly fits: boolean;
  /** The lowest new version that is large enough for the changes. */
  readonly least: string;
}

/**
 * Compares a step of the version with the bump that the changes need, by semver. Below 1.0 the first number that is
 * not 0 acts as the major one, as in links between components: 0.2.10 → 0.2.12 allows additions only. Everything is
 * allowed after a pre-release.
 */
export function versionStep(before: string, after: string, needed: Bump): VersionStep {
  const allows = allowedBy(before, after);
  return {
    old: before,
    new: after,
    allows,
    fits: allows !== 'none' ? ORDER.indexOf(allows) >= ORDER.indexOf(needed) : false,
    least: least(before, needed),
  };
}

const ORDER: readonly Bump[] = ['patch', 'minor', 'major'];

function allowedBy(before: string, after: string): Bump | 'none' {
  if (before === after) return 'none';
  const [old, next] = [numbers(before), numbers(after)];
  const order = compareVersions(before, after);
  if (order > 0) return 'none';
  if (old.pre !== undefined)
    return order < 0 || next.pre === undefined || next.pre !== old.pre ? 'major' : 'none';
  // A pre-release comes before its version.
  if (order === 0) return next.pre === undefined ? 'patch' : 'none';
  if (compatibilityTrack(before) !== compatibilityTrack(`${next.major}.${next.minor}.${next.patch}`))
    return 'major';
  if (next.pre !== undefined) return 'major';
  return old.major === 0n || old.minor !== next.minor ? 'minor' : 'patch';
}

function least(before: string, needed: Bump): string {
  const { major, minor, patch, pre } = numbers(before);
  if (pre !== undefined) return `${major}.${minor}.${patch}`;
  if (needed === 'major') {
    if (major > 0n) return `${major + 1n}.0.0`;
    return minor > 0n ? `0.${minor + 1n}.0` : `0.0.${patch + 1n}`;
  }
  return needed === 'minor' && major > 0n ? `${major}.${minor + 1n}.0` : `${major}.${minor}.${patch + 1n}`;
}

interface Numbers {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly pre: string | undefined;
}

function numbers(version: string): Numbers {
  const [, major = '0', minor = '0', patch = '0', pre] =
    /^(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?/u.exec(version) ?? [];
  return { major: BigInt(major), minor: BigInt(minor), patch: BigInt(patch), pre };
}
