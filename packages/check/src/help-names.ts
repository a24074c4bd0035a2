import { compareVersions, compatibilityTrack, type Mismatch } from '@wit-ts/model';
import type { HelpContext } from './help.ts';
import { nearName } from './near-name.ts';
import { memberKey, nameOf } from './summary.ts';

/** What to do where a whole import or export has no partner. */
export function itemHelp({ code, path, candidates = [], found = '' }: Mismatch): string {
  const imported = code === 'import-not-offered';
  const name = nameOf(path[0] ?? '');
  const owner = imported ? 'the world' : 'the component';
  const verb = imported ? 'imports' : 'exports';
  const [base = '', version] = name.split('@', 2);
  const versions = candidates.filter((candidate) => candidate.startsWith(`${base}@`) || candidate === base);
  if (versions.length > 0) {
    const theirs = versions.map((candidate) => `\`${candidate}\``).join(', ');
    const one = versions.length === 1 ? 'which does' : 'which do';
    return `${owner} ${verb} ${theirs}, ${one} not link with ${linkingText(version)}`;
  }
  const near = nearName(name, candidates);
  if (near !== undefined) return `${owner} ${verb} \`${near}\`; is that what is meant?`;
  if (!imported) return 'export it from the component, or check against another world';
  const item = found === 'interface' ? name : `${name}: …`;
  return `add \`import ${item};\` to the world, or build the component without it`;
}

/** A version, and which others link with it. */
function linkingText(version: string | undefined): string {
  if (version === undefined) return 'one that has no version';
  const track = compatibilityTrack(version);
  return track === version ? `${version}, as nothing else does` : `${version}: only versions ${track}.x do`;
}

/** What to do where a function or type of an interface has no partner. */
export function memberHelp(mismatch: Mismatch, context: HelpContext): string {
  const { side, path, candidates = [] } = mismatch;
  const owner = side === 'import' ? 'the world' : 'the component';
  const last = path.at(-1) ?? '';
  const name = nameOf(last);
  const otherKind = candidates.find((candidate) => {
    const match = /^\[(\w+)\](.*)$/u.exec(candidate);
    return match !== null && match[2] === name && !last.startsWith(match[1]!);
  });
  if (otherKind !== undefined) {
    return `${owner} has it as \`${otherKind}\`: one is called on a resource, the other without one`;
  }
  const near = nearName(memberKey(last), candidates);
  if (near !== undefined) return `${owner} has \`${near}\`; is that what is meant?`;
  return versionHelp(mismatch, context) ?? generalHelp(mismatch);
}

/** Interfaces link across versions, but an older one lacks what was added since. */
function versionHelp({ side, path }: Mismatch, context: HelpContext): string | undefined {
  const key = nameOf(path[0] ?? '');
  const serving = (side === 'import' ? context.target : context.component).key(side, key);
  const given = serving?.split('@', 2)[1];
  const wanted = key.split('@', 2)[1];
  if (given === undefined || wanted === undefined) return undefined;
  if (compareVersions(wanted, given) > 0) {
    return side === 'import'
      ? `the component was built for version ${wanted}, and the world has ${given}: give the world ${wanted}, or build the component for ${given}`
      : `the world asks for version ${wanted}, and the component has ${given}: build the component for ${wanted}`;
  }
  return side === 'import' && wanted === given
    ? `both say that they are version ${wanted}, so one of the two is not what was published under it`
    : undefined;
}

function generalHelp({ side, path }: Mismatch): string {
  const [what, name] = [path.at(-1) ?? '', nameOf(path[0] ?? '')];
  return side === 'import'
    ? `add \`${nameOf(what)}\` to \`${name}\` in the world, or build the component without it`
    : `add \`${nameOf(what)}\` to \`${name}\` in the component, or take it out of the world`;
}
