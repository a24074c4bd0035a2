import type { ImportSymbol, Printable } from '../printable.ts';

/**
 * Text with places where a line may break, in the sense of Wadler's "A prettier printer". The names and meanings are
 * those of prettier's documents, because generated files look as prettier formats them.
 */
export type LayoutNode = Group | Line | Indent | IfBroken | Fluid | HugLast | RawLines;

/** Stays on one line if it fits, and otherwise breaks at each of its own lines. */
export interface Group {
  readonly tag: 'group';
  readonly contents: Printable;
  /** Whether it is an object that need not break: prettier keeps an object open that it finds open. */
  readonly mayReopen: boolean;
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

/** Lines that are printed as they are, without indentation. Before them and after them are line breaks. */
interface RawLines {
  readonly tag: 'raw-lines';
  readonly text: string;
}

/** A space, or a line break. */
export const line: Line = { tag: 'line', kind: 'space' };
/** Nothing, or a line break. */
export const softline: Line = { tag: 'line', kind: 'soft' };
export const hardline: Line = { tag: 'line', kind: 'hard' };

export function group(contents: Printable): Group {
  return { tag: 'group', contents, mayReopen: false };
}

/** Returns a group that is one only if `onlyIf` has a line break in any case. */
export function groupOnlyIf(contents: Printable, onlyIf: Printable): Group {
  return { tag: 'group', contents, mayReopen: false, onlyIf };
}

/** Returns the group of an object that is on one line if it fits. */
export function objectGroup(contents: Printable): Group {
  return { tag: 'group', contents, mayReopen: true };
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

export function rawLines(text: string): LayoutNode {
  return { tag: 'raw-lines', text };
}

/** Returns true if a part is a list of parts. */
export function isList(part: Printable): part is readonly Printable[] {
  return Array.isArray(part);
}

/** Returns the items with a comma between them, each of which may begin a line. */
export function commaSeparated(items: readonly Printable[]): Printable {
  if (items.length === 1) return items[0]!;
  const parts: Printable[] = [];
  for (const item of items) {
    if (parts.length > 0) parts.push(',', line);
    parts.push(item);
  }
  return parts;
}

/** Returns members in braces, each in a line. */
export function braced(members: readonly Printable[]): Printable {
  if (members.length === 0) return '{}';
  const lines: Printable[] = [];
  for (const member of members) lines.push(hardline, member);
  return ['{', indent(lines), hardline, '}'];
}

/** Returns true if a part has a line break in any case. @param isKept whether an object is kept open */
export function hasHardLine(part: Printable, isKept: (object: Group) => boolean): boolean {
  if (typeof part === 'string') return false;
  if (isList(part)) return part.some((item) => hasHardLine(item, isKept));
  switch (part.tag) {
    case 'line':
      return part.kind === 'hard';
    case 'raw-lines':
      return true;
    case 'indent':
      return hasHardLine(part.contents, isKept);
    case 'group':
      return isKept(part) || hasHardLine(part.contents, isKept);
    case 'if-broken':
      return hasHardLine(part.broken, isKept);
    case 'fluid':
      return hasHardLine(part.value, isKept);
    case 'hug-last':
      return hasHardLine(part.last, isKept);
    default:
      return false;
  }
}

/** Adds the imported names of a part to a set. */
export function addImports(part: Printable, to: Set<ImportSymbol>): void {
  if (typeof part === 'string') return;
  if (isList(part)) {
    for (const item of part) addImports(item, to);
    return;
  }
  switch (part.tag) {
    case 'import':
      to.add(part);
      break;
    case 'indent':
    case 'group':
      addImports(part.contents, to);
      break;
    case 'if-broken':
      addImports(part.broken, to);
      break;
    case 'fluid':
      addImports(part.value, to);
      break;
    case 'hug-last':
      addImports(part.before, to);
      addImports(part.last, to);
      break;
    default:
      break;
  }
}

/** Returns a part as it is in one line, for comments. */
export function inOneLine(part: Printable): Printable {
  if (typeof part === 'string') return part;
  if (isList(part)) return part.map(inOneLine);
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
    case 'raw-lines':
      return part.text.replaceAll('\n', ' ');
    default:
      return part;
  }
}
