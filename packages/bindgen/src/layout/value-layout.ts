import { stringLiteral, type Printable } from '../printable.ts';
import {
  commaSeparated,
  fluid,
  group,
  hardline,
  hugLast,
  ifBroken,
  indent,
  line,
  objectGroup,
  rawLines,
  softline,
  type Group,
} from './layout-node.ts';

/** A value in code, with what decides how it is laid out after a key. */
interface ValueText {
  readonly text: Printable;
  readonly isString: boolean;
}

export function stringValue(text: string): ValueText {
  return { text: stringLiteral(text), isString: true };
}

/** Returns the value of a variable. */
export function nameValue(name: string): ValueText {
  return { text: name, isString: false };
}

/** Returns an entry of an object, `key: value`, without the comma. */
export function entryLayout(key: string, { text, isString }: ValueText): Printable {
  // Nothing is won by a line break after a short key.
  if (key.length < SHORT_KEY) return [key, ': ', text];
  return group([key, ':', isString ? group(indent([line, text])) : fluid(text)]);
}

const SHORT_KEY = 5;

/** Returns an object whose entries may be on one line. */
export function objectLayout(entries: readonly Printable[]): Group {
  if (entries.length === 0) return group('{}');
  return objectGroup(['{', indent([line, commaSeparated(entries), ifBroken(',')]), line, '}']);
}

/** Returns a call whose arguments are no objects. */
export function callLayout(callee: Printable, args: readonly Printable[]): Printable {
  if (args.length === 0) return [callee, '()'];
  return [callee, group(['(', indent([softline, commaSeparated(args), ifBroken(',')]), softline, ')'])];
}

/** Returns a call whose last argument is an object. */
export function callWithObject(callee: Printable, args: readonly Printable[], last: Group): Printable {
  const apart = [...args, last].map((arg) => [hardline, arg, ',']);
  return [callee, hugLast(['(', args.map((arg) => [arg, ', '])], last, ['(', indent(apart), hardline, ')'])];
}

/** Returns a function without a block: `(a, b) => value`. */
export function arrowLayout(parameters: readonly string[], value: Printable): Printable {
  return group([group(namesLayout(parameters)), ' =>', group(indent([line, value]))]);
}

/** Returns a function that makes an object: `(val: string): Filter => ({ tag: "some", val })`. */
export function arrowTypedLayout(signature: Printable, entries: readonly Printable[]): ValueText {
  const object = objectLayout(entries);
  return { text: group([signature, ' => (', object, ')']), isString: false };
}

/** Returns parameters without types, in parentheses. */
export function namesLayout(parameters: readonly string[]): Printable {
  if (parameters.length === 0) return '()';
  const comma = parameters.at(-1)!.startsWith('...') ? '' : ifBroken(',');
  return group(['(', indent([softline, commaSeparated(parameters), comma]), softline, ')']);
}

/** Returns a text as a template literal with a line for each of its lines. The first one begins a line, too. */
export function textLayout(text: string): Printable {
  return ['`', rawLines(text.replaceAll(/[\\`]|\$\{/gu, '\\$&')), '`'];
}

/** Returns a value of JSON as code. */
export function valueLayout(value: unknown): ValueText {
  if (typeof value === 'string') return stringValue(value);
  if (typeof value !== 'object' || value === null) return { text: String(value), isString: false };
  if (Array.isArray(value)) return { text: arrayLayout(value), isString: false };
  const entries = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [entryLayout(keyLayout(key), valueLayout(item))],
  );
  return { text: objectLayout(entries), isString: false };
}

function arrayLayout(items: readonly unknown[]): Printable {
  if (items.length === 0) return '[]';
  const texts = items.map((item) => group(valueLayout(item).text));
  const isOpen = items.length > 1 && (items.every(isLargeObject) || items.every(isLargeArray));
  const first = isOpen ? hardline : softline;
  return group(['[', indent([first, commaSeparated(texts), ifBroken(',')]), softline, ']']);
}

function isLargeObject(item: unknown): boolean {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 1;
}

function isLargeArray(item: unknown): boolean {
  return Array.isArray(item) && item.length > 1;
}

/** Returns a key as the name of a property: in quotes only if it needs them. */
function keyLayout(key: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(key) ? key : stringLiteral(key);
}
