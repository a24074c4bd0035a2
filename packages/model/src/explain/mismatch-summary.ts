import { segmentName, type Label, type PathSegment } from '../mismatch-path.ts';
import { mismatchTexts } from '../mismatch-text.ts';
import { type Mismatch, type ResourceOrigin, type UnexpressedItem } from '../mismatch.ts';
import { type WorldItem } from '../types.ts';

/**
 * Says what is wrong in a clause without a full stop. The path is left out, because messages print it before the
 * clause.
 */
export function summaryOf(mismatch: Mismatch): string {
  const { side, path } = mismatch;
  const last = path.at(-1)?.segment;
  const { expected = '', found = '' } = mismatchTexts(mismatch);
  switch (mismatch.code) {
    case 'import-not-offered':
      return `the component imports ${itemPhrase(mismatch.missing, last)}, which the world does not import`;
    case 'export-missing':
      return `the world exports ${itemPhrase(mismatch.missing, last)}, which the component does not export`;
    case 'item-kind': {
      const [theirs, ours] = [articled(mismatch.expected), articled(mismatch.found)];
      return `the world has ${theirs} under this name, but the component has ${ours}`;
    }
    case 'function-missing':
      return missingMember(side, memberNoun(last), last);
    case 'type-missing':
      return missingMember(side, 'type', last);
    case 'function-async':
      return mismatch.expected.async
        ? 'the function is async in the world but not in the component'
        : 'the function is async in the component but not in the world';
    case 'result-missing':
      return 'the function returns a result in the world but not in the component';
    case 'result-extra':
      return 'the function returns a result in the component but not in the world';
    case 'payload-missing':
      return `there is a payload \`${expected}\` in the world but none in the component`;
    case 'payload-extra':
      return `there is a payload \`${found}\` in the component but none in the world`;
    case 'list-length':
      return `the list has ${expected} elements in the world but ${found} in the component`;
    case 'tuple-size':
      return `the tuple is \`${expected}\` in the world but \`${found}\` in the component`;
    case 'type-different':
    case 'handle-kind':
      return `the type is \`${expected}\` in the world but \`${found}\` in the component`;
    case 'resource-different':
      return resourceSummary(mismatch.expected, mismatch.found, { expected, found });
    case 'type-too-deep':
      return 'the type nests too deeply to be compared';
    default:
      return labelSummary(mismatch, last, { expected, found });
  }
}

interface Texts {
  readonly expected: string;
  readonly found: string;
}

type LabelMismatch = Extract<Mismatch, { readonly label: Label }>;

function labelSummary(mismatch: LabelMismatch, last: PathSegment | undefined, texts: Texts): string {
  const noun = LABEL_NOUNS[mismatch.label];
  const { expected, found } = texts;
  switch (mismatch.code) {
    case 'param-missing':
    case 'field-missing':
    case 'case-missing':
    case 'flag-missing':
      return `the component lacks the ${noun} \`${expected}\``;
    case 'param-extra':
    case 'field-extra':
    case 'case-extra':
    case 'flag-extra':
      return `the component has an extra ${noun} \`${found}\``;
    case 'param-renamed':
    case 'field-renamed':
    case 'case-renamed':
    case 'flag-renamed':
      return `the ${noun} is called \`${expected}\` in the world but \`${found}\` in the component`;
    case 'param-order':
    case 'field-order':
    case 'case-order':
    case 'flag-order': {
      const whole = last === undefined ? 'the type' : `\`${segmentName(last)}\``;
      return `the ${noun}s of ${whole} are in a different order: \`${expected}\` in the world, \`${found}\` in the component`;
    }
  }
}

export const LABEL_NOUNS: Readonly<Record<Label, string>> = {
  param: 'parameter',
  field: 'field',
  case: 'case',
  flag: 'flag',
};

function missingMember(side: Mismatch['side'], noun: string, segment: PathSegment | undefined): string {
  const name = segment === undefined ? '' : segmentName(segment);
  return side === 'import'
    ? `the component uses the ${noun} \`${name}\`, which the world's interface does not have`
    : `the world's interface has the ${noun} \`${name}\`, but the component's does not`;
}

function memberNoun(segment: PathSegment | undefined): string {
  if (segment?.tag === 'method' || segment?.tag === 'constructor') return segment.tag;
  return segment?.tag === 'static' ? 'static function' : 'function';
}

/** Distinguishes two resources of one name by the interface that each belongs to. */
function resourceSummary(expected: ResourceOrigin, found: ResourceOrigin, texts: Texts): string {
  if (expected.name === found.name && expected.key !== undefined) {
    return `the resource belongs to the ${ownerText(expected)} in the world but to the ${ownerText(found)} in the component`;
  }
  return `the resource is \`${texts.expected}\` in the world but \`${texts.found}\` in the component`;
}

function ownerText({ side, key, name = '' }: ResourceOrigin): string {
  return `${side} \`${key ?? name}\``;
}

function itemPhrase(item: WorldItem | UnexpressedItem, segment: PathSegment | undefined): string {
  const name = segment === undefined ? '' : segmentName(segment);
  return `the ${item.tag === 'unexpressed' ? item.sort : item.tag} \`${name}\``;
}

function articled({ tag }: WorldItem): string {
  return tag === 'interface' ? 'an interface' : `a ${tag}`;
}
