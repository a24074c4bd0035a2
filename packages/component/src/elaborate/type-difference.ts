import type { DefValType } from '../ast.ts';
import { withArticle } from '../with-article.ts';
import { labelsOf } from './labels.ts';
import type { DefinedNode } from './nodes.ts';

const PART_NAMES: Readonly<Partial<Record<DefValType['tag'], string>>> = {
  record: 'field',
  variant: 'case',
  enum: 'case',
  flags: 'flag',
};

/** Returns how two types of the same kind differ, apart from the types of their parts: in number, names or payloads. */
export function differenceOf(expected: DefinedNode, found: DefinedNode): string | undefined {
  return (
    labelDifference(expected, found) ??
    lengthDifference(expected.type, found.type) ??
    payloadDifference(expected.type, found.type)
  );
}

function labelDifference({ type, children }: DefinedNode, found: DefinedNode): string | undefined {
  const [labels, others] = [labelsOf(type), labelsOf(found.type)];
  const part = PART_NAMES[type.tag];
  if (part === undefined) {
    if (type.tag !== 'tuple' || children.length === found.children.length) return undefined;
    return `expected a tuple of ${plural(children.length, 'type')}, found one of ${found.children.length}`;
  }
  if (labels.length !== others.length) {
    return `expected ${withArticle(type.tag)} of ${plural(labels.length, part)}, found one of ${others.length}`;
  }
  const different = labels.findIndex((label, i) => label !== others[i]);
  return different < 0
    ? undefined
    : `expected the ${part} \`${labels[different]}\`, found \`${others[different]}\``;
}

function lengthDifference(expected: DefValType, found: DefValType): string | undefined {
  if (expected.tag !== 'fixed-length-list' || found.tag !== 'fixed-length-list') return undefined;
  if (expected.length === found.length) return undefined;
  return `expected a list of ${plural(expected.length, 'element')}, found one of ${found.length}`;
}

function payloadDifference(expected: DefValType, found: DefValType): string | undefined {
  const [left, right] = [payloadsOf(expected), payloadsOf(found)];
  const different = left.find(({ given }, i) => given !== right[i]?.given);
  if (different === undefined) return undefined;
  const { name, given } = different;
  return given
    ? `expected ${name} to have a type, found none`
    : `expected ${name} to have no type, found one`;
}

/** The parts whose type is optional, and whether it is given. */
function payloadsOf(type: DefValType): readonly { readonly name: string; readonly given: boolean }[] {
  switch (type.tag) {
    case 'variant':
      return type.cases.map(({ name, type: payload }) => ({
        name: `case \`${name}\``,
        given: payload !== undefined,
      }));
    case 'result':
      return [
        { name: '`ok`', given: type.ok !== undefined },
        { name: '`err`', given: type.err !== undefined },
      ];
    case 'stream':
    case 'future':
      return [{ name: `the ${type.tag}`, given: type.payload !== undefined }];
    default:
      return [];
  }
}

/** Returns the name of a part, by its index among the parts that have a type, for messages. */
export function partName(type: DefValType, index: number): string {
  switch (type.tag) {
    case 'record':
      return `field \`${type.fields[index]?.name}\``;
    case 'variant':
      return `case \`${type.cases.filter((one) => one.type !== undefined)[index]?.name}\``;
    case 'tuple':
      return `element ${index} of a tuple`;
    case 'list':
    case 'fixed-length-list':
      return 'element of a list';
    case 'map':
      return index === 0 ? 'key of a map' : 'value of a map';
    case 'result':
      return type.ok !== undefined && index === 0 ? '`ok` of a result' : '`err` of a result';
    default:
      return `what ${withArticle(type.tag)} holds`;
  }
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
