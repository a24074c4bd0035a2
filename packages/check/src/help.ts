import { nearest } from '@wit-ts/diagnostics';
import { compatibilityTrack, type Mismatch } from '@wit-ts/model';
import { nameOf } from './summary.ts';

/** What to do about a mismatch, where there is something to say. */
export function helpFor(mismatch: Mismatch): string | undefined {
  const { code, side, expected = '', found = '' } = mismatch;
  switch (code) {
    case 'import-not-offered':
    case 'export-missing':
      return itemHelp(mismatch);
    case 'function-missing':
    case 'type-missing':
      return memberHelp(mismatch);
    case 'function-async':
      return 'async and synchronous functions have different types: declare it the same way on both sides';
    case 'handle-kind':
      return expected.startsWith('own')
        ? 'own hands the resource over, borrow lends it for the call: the component expects to lend or be lent it'
        : 'borrow lends the resource for the call, own hands it over: the component expects a transfer';
    case 'resource-different':
      return /^(?:import|export) /u.test(expected)
        ? 'a resource that is imported and one that is exported are two, even where both have one name'
        : undefined;
    case 'param-missing':
    case 'field-missing':
    case 'case-missing':
    case 'flag-missing': {
      const name = nameOf(mismatch.path.at(-1) ?? '');
      const near = nearName(name, mismatch.candidates);
      return near === undefined ? undefined : `the component has \`${near}\`, which may be meant`;
    }
    case 'case-order':
    case 'field-order':
    case 'flag-order':
    case 'param-order':
      return 'the order is part of the type: it decides how values lie in memory';
    case 'case-extra':
      return side === 'import'
        ? `the component may pass or expect \`${labelName(found)}\`, which the world does not know`
        : undefined;
    case 'type-different':
      return numberHelp(expected, found);
    default:
      return undefined;
  }
}

function itemHelp({ code, path, candidates = [], found = '' }: Mismatch): string {
  const imported = code === 'import-not-offered';
  const name = nameOf(path[0] ?? '');
  const owner = imported ? 'the world' : 'the component';
  const verb = imported ? 'imports' : 'exports';
  const at = name.indexOf('@');
  const base = at < 0 ? name : name.slice(0, at);
  const versions = candidates.filter((candidate) => candidate.startsWith(`${base}@`) || candidate === base);
  if (versions.length > 0) {
    const theirs = versions.map((version) => `\`${version}\``).join(', ');
    const wanted = at < 0 ? 'one without a version' : rangeText(name.slice(at + 1));
    return `${owner} ${verb} ${theirs}; ${wanted} is needed`;
  }
  const near = nearName(name, candidates);
  if (near !== undefined) return `${owner} ${verb} \`${near}\`; is that what is meant?`;
  if (!imported) return 'export it from the component, or check against another world';
  const item = found === 'interface' ? name : `${name}: …`;
  return `add \`import ${item};\` to the world, or build the component without it`;
}

/** Which versions would link. */
function rangeText(version: string): string {
  const track = compatibilityTrack(version);
  return track === version ? `exactly ${version}` : `a version ${track}.x`;
}

function memberHelp({ side, path, candidates = [] }: Mismatch): string | undefined {
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
  const near = nearName(externName(last), candidates);
  if (near !== undefined) return `${owner} has \`${near}\`; is that what is meant?`;
  const version = /@(.+)$/u.exec(path[0] ?? '')?.[1];
  if (side === 'import' && version !== undefined) {
    return `the component was built for version ${version}, which may have added it: give the world that version`;
  }
  return undefined;
}

/** `[method]file.read` for the segment `method file.read`. */
function externName(segment: string): string {
  const name = nameOf(segment);
  const word = segment.slice(0, segment.indexOf(' '));
  return word === 'method' || word === 'static' || word === 'constructor' ? `[${word}]${name}` : name;
}

function numberHelp(expected: string, found: string): string | undefined {
  if (
    /^list<.+, \d+>$/u.test(expected) !== /^list<.+, \d+>$/u.test(found) &&
    expected.startsWith('list') &&
    found.startsWith('list')
  ) {
    return 'a list of fixed length is another type than a list';
  }
  const numeric = /^[us](?:8|16|32|64)$/u;
  if (!numeric.test(expected) || !numeric.test(found)) return undefined;
  return 'numbers of different width or sign are different types; nothing converts them at the border';
}

function labelName(text: string): string {
  const colon = text.indexOf(':');
  return colon < 0 ? text : text.slice(0, colon);
}

/** A hostile component may name a hundred thousand things; nobody is helped by comparing all. */
const MAX_CANDIDATES = 300;

function nearName(name: string, candidates: readonly string[] = []): string | undefined {
  return nearest(name, candidates.slice(0, MAX_CANDIDATES));
}
