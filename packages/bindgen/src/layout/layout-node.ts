import type { Printable } from '../printable.ts';

/**
 * Text with places where a line may break, in the sense of Wadler's "A prettier printer". The names and meanings are
 * those of prettier's documents, because generated files look as prettier formats them.
 */
export type LayoutNode = Group | Line | Indent | IfBroken | Fluid | HugLast;

/** Stays on one line if it fits, and otherwise breaks at each of its own lines. */
export interface Group {
  readonly tag: 'group';
  readonly contents: Printable;
  /** Whether the contents have a line break in any case. */
  readonly isForced: boolean;
  /** Whether it is an object: prettier keeps an object open that it finds open. */
  readonly isObject: boolean;
  /** If present, it is a group only if this has a line break in any case. */
  readonly onlyIf?: Printable;
}

/** A place where a line may break, or where it does. */
interface Line {
  readonly tag: 'line';
  /** What it is if the group around it does not break; a hard line breaks in any case. */
  readonly kind: 'space' | 'soft' | 'hard';
}

/** Indents the lines that begin in it. */
interface Indent {
  readonly tag: 'indent';
  readonly contents: Printable;
}

/** Text that is printed if the group around it breaks. */
interface IfBroken {
  readonly tag: 'if-broken';
  readonly broken: Printable;
}

/** A space and a value, or the value in a new line if it cannot begin in this one. */
interface Fluid {
  readonly tag: 'fluid';
  readonly value: Printable;
}

/**
 * The arguments of a call whose last one is an object: in one line, or with only the object open, or with a line for
 * each argument.
 */
interface HugLast {
  readonly tag: 'hug-last';
  /** The arguments before the object, on one line. */
  readonly before: Printable;
  readonly last: Group;
  /** All arguments, each in a line. */
  readonly apart: Printable;
}

/** A space, or a line break. */
export const line: Line = { tag: 'line', kind: 'space' };
/** Nothing, or a line break. */
export const softline: Line = { tag: 'line', kind: 'soft' };
export const hardline: Line = { tag: 'line', kind: 'hard' };

export function group(contents: Printable): Group {
  return { tag: 'group', contents, isForced: hasHardLine(contents), isObject: false };
}

/** Returns a group that is one only if `onlyIf` has a line break in any case. */
export function groupOnlyIf(contents: Printable, onlyIf: Printable): Group {
  return { ...group(contents), onlyIf };
}

/** Returns the group of an object, which stays open if it is open. */
export function objectGroup(contents: Printable): Group {
  return { ...group(contents), isObject: true };
}

export function indent(contents: Printable): LayoutNode {
  return { tag: 'indent', contents };
}

export function ifBroken(broken: Printable): LayoutNode {
  return { tag: 'if-broken', broken };
}

export function fluid(value: Printable): LayoutNode {
  return { tag: 'fluid', value };
}

export function hugLast(before: Printable, last: Group, apart: Printable): LayoutNode {
  return { tag: 'hug-last', before, last, apart };
}

/** Returns the items with a comma between them, each of which may begin a line. */
export function commaSeparated(items: readonly Printable[]): Printable {
  return items.flatMap((item, index) => (index === 0 ? [item] : [',', line, item]));
}

/** Returns members in braces, each in a line. */
export function braced(members: readonly Printable[]): Printable {
  return members.length === 0
    ? '{}'
    : ['{', indent(members.flatMap((member) => [hardline, member])), hardline, '}'];
}

/** Returns true if a part has a line break in any case. @param isOpen whether an object is kept open */
export function hasHardLine(part: Printable, isOpen: (object: Group) => boolean = () => false): boolean {
  if (typeof part === 'string') return false;
  if (!('tag' in part)) return part.some((item) => hasHardLine(item, isOpen));
  switch (part.tag) {
    case 'line':
      return part.kind === 'hard';
    case 'indent':
      return hasHardLine(part.contents, isOpen);
    case 'group':
      return part.isForced || isOpen(part);
    case 'if-broken':
      return hasHardLine(part.broken, isOpen);
    case 'fluid':
      return hasHardLine(part.value, isOpen);
    case 'hug-last':
      return hasHardLine(part.last, isOpen);
    default:
      return false;
  }
}

/** Returns the parts of a part that may be printed. */
export function layoutParts(part: Exclude<Printable, string>): readonly Printable[] {
  if (!('tag' in part)) return part;
  switch (part.tag) {
    case 'indent':
    case 'group':
      return [part.contents];
    case 'if-broken':
      return [part.broken];
    case 'fluid':
      return [part.value];
    case 'hug-last':
      return [part.before, part.last];
    default:
      return [];
  }
}

/** Returns a part as it is in one line, for comments. */
export function inOneLine(part: Printable): Printable {
  if (typeof part === 'string') return part;
  if (!('tag' in part)) return part.map(inOneLine);
  switch (part.tag) {
    case 'line':
      return part.kind === 'soft' ? '' : ' ';
    case 'if-broken':
      return '';
    case 'fluid':
      return [' ', inOneLine(part.value)];
    case 'group':
    case 'indent':
      return inOneLine(part.contents);
    case 'hug-last':
      return [inOneLine(part.before), inOneLine(part.last)];
    default:
      return part;
  }
}
