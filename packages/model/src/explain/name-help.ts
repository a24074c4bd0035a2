import { segmentName } from '../mismatch-path.ts';
import { type Mismatch } from '../mismatch.ts';
import { externName } from '../names.ts';
import { compareVersions, compatibilityTrack } from '../semver.ts';
import { type Func } from '../types.ts';
import type { HelpContext } from './mismatch-help.ts';
import { oneLevelAway } from './one-level-away.ts';
import { MAX_CANDIDATES, nearName } from './near-name.ts';

type ItemMissing = Extract<Mismatch, { readonly code: 'import-not-offered' | 'export-missing' }>;
type FunctionMissing = Extract<Mismatch, { readonly code: 'function-missing' }>;
type TypeMissing = Extract<Mismatch, { readonly code: 'type-missing' }>;

/** What to do when a whole import or export has no partner. */
export function itemHelp(mismatch: ItemMissing, context: HelpContext): string {
  const { code, path, missing, candidates } = mismatch;
  const imported = code === 'import-not-offered';
  const name = nameOfFirst(path);
  const owner = imported ? 'the world' : 'the component';
  const verb = imported ? 'imports' : 'exports';
  const [base = '', version] = name.split('@', 2);
  const versions = candidates.filter((candidate) => candidate.startsWith(`${base}@`) || candidate === base);
  if (versions.length > 0) {
    const theirs = versions.map((candidate) => `\`${candidate}\``).join(', ');
    const one = versions.length === 1 ? 'which does' : 'which do';
    return `${owner} ${verb} ${theirs}, ${one} not link with ${linkingText(version)}`;
  }
  const away = context.isBrief
    ? undefined
    : oneLevelAway(mismatch, imported ? context.target : context.component);
  if (away !== undefined) return away;
  const near = nearName(name, candidates, context);
  if (near !== undefined) return `${owner} ${verb} \`${near}\`: did you mean that?`;
  if (!imported) return 'export it from the component, or use a world without it';
  if (missing.tag === 'type')
    return `declare the type \`${name}\` in the world, with \`use\` if an interface has it, or build the component without it`;
  const item = missing.tag === 'interface' ? name : `${name}: …`;
  return `add \`import ${item};\` to the world, or build the component without it`;
}

/** A version, and the versions that link with it. */
function linkingText(version: string | undefined): string {
  if (version === undefined) return 'an interface without a version';
  const track = compatibilityTrack(version);
  return track === version
    ? `${version}: only that exact version does`
    : `${version}: only versions ${track}.x do`;
}

/** What to do when a function or type of an interface has no partner. */
export function memberHelp(mismatch: FunctionMissing | TypeMissing, context: HelpContext): string {
  const owner = mismatch.side === 'import' ? 'the world' : 'the component';
  const otherKind = mismatch.code === 'function-missing' ? sameNameOfOtherKind(mismatch) : undefined;
  if (otherKind !== undefined) {
    return `${owner} has it as \`${externName(otherKind)}\`: a method is called on a resource, a static function or constructor is not`;
  }
  const near = nearMember(mismatch, context);
  if (near !== undefined) return `${owner} has \`${near}\`: did you mean that?`;
  const lacking = mismatch.side === 'import' ? context.target : context.component;
  const away =
    mismatch.code === 'function-missing' && !context.isBrief ? oneLevelAway(mismatch, lacking) : undefined;
  return versionHelp(mismatch, context) ?? away ?? generalHelp(mismatch);
}

function nearMember(mismatch: FunctionMissing | TypeMissing, context: HelpContext): string | undefined {
  if (mismatch.code === 'function-missing') {
    const names = mismatch.candidates.slice(0, MAX_CANDIDATES).map(externName);
    return nearName(externName(mismatch.missing), names, context);
  }
  const names = mismatch.candidates.slice(0, MAX_CANDIDATES).map(({ name = '' }) => name);
  return nearName(mismatch.missing.name ?? '', names, context);
}

/** A method, constructor or static function under the missing function's name. */
function sameNameOfOtherKind({ missing, candidates }: FunctionMissing): Func | undefined {
  return candidates.find(
    (candidate) =>
      candidate.kind.tag !== 'freestanding' &&
      candidate.kind.tag !== missing.kind.tag &&
      dottedName(candidate) === dottedName(missing),
  );
}

function dottedName({ kind, name }: Func): string {
  return kind.tag === 'method' || kind.tag === 'static' ? `${kind.resource.name}.${name}` : name;
}

/** Interfaces link across versions, but an older one lacks what was added later. */
function versionHelp({ side, path }: Mismatch, context: HelpContext): string | undefined {
  const key = nameOfFirst(path);
  const linked = (side === 'import' ? context.target : context.component).key(side, key);
  const offered = linked?.split('@', 2)[1];
  const demanded = key.split('@', 2)[1];
  if (offered === undefined || demanded === undefined) return undefined;
  if (compareVersions(demanded, offered) > 0) {
    return side === 'import'
      ? `the component was built for version ${demanded}, but the world has ${offered}: update the world to ${demanded}, or build the component for ${offered}`
      : `the world requires version ${demanded}, but the component has ${offered}: build the component for ${demanded}`;
  }
  return side === 'import' && demanded === offered
    ? `both claim to be version ${demanded}, so one of them differs from what was published under that version`
    : undefined;
}

function generalHelp({ side, path }: Mismatch): string {
  const last = path.at(-1)?.segment;
  const what = last === undefined ? '' : segmentName(last);
  const owner = nameOfFirst(path);
  return side === 'import'
    ? `add \`${what}\` to \`${owner}\` in the world, or build the component without it`
    : `add \`${what}\` to \`${owner}\` in the component, or remove it from the world`;
}

function nameOfFirst(path: Mismatch['path']): string {
  const first = path[0]?.segment;
  return first === undefined ? '' : segmentName(first);
}
