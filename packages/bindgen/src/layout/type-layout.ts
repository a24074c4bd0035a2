import { joined, stringLiteral, type Printable } from '../printable.ts';
import {
  braced,
  commaSeparated,
  group,
  ifBroken,
  indent,
  line,
  objectGroup,
  softline,
  type Group,
} from './layout-node.ts';

/** A type in TypeScript, with what decides how it is laid out in its place. */
export type TypeText =
  /** A keyword, or a name without type arguments. */
  | { readonly form: 'keyword' | 'name' | 'other'; readonly text: Printable }
  | { readonly form: 'generic'; readonly text: Printable }
  | { readonly form: 'object'; readonly text: Group }
  | { readonly form: 'union'; readonly members: readonly TypeText[] };

/** The keywords that were asked for. There are few, and they are mentioned often. */
const keywords = new Map<string, TypeText>();

/** Returns a type that is a keyword, as `string`. */
export function keyword(text: string): TypeText {
  let type = keywords.get(text);
  if (type === undefined) keywords.set(text, (type = { form: 'keyword', text }));
  return type;
}

/** Returns a type that is a name. */
export function namedType(text: Printable): TypeText {
  return { form: 'name', text };
}

/** Returns the type of one text. */
export function literalType(text: string): TypeText {
  return { form: 'keyword', text: stringLiteral(text) };
}

/** Returns a type whose form has no influence on what is around it. */
export function otherType(text: Printable): TypeText {
  return { form: 'other', text };
}

/** Returns a type with type arguments, at least one: `Map<string, number>`. */
export function generic(name: Printable, ...args: readonly TypeText[]): TypeText {
  return { form: 'generic', text: joined(name, typeArguments(args)) };
}

/** Returns type arguments in angle brackets. */
export function typeArguments(args: readonly TypeText[]): Printable {
  // One short argument never has a line of its own.
  const [first] = args;
  if (args.length === 1 && first !== undefined && (isSimple(first) || isHugged(first)))
    return joined('<', withoutIndent(first), '>');
  const texts = args.map(withoutIndent);
  return group(['<', indent([softline, commaSeparated(texts)]), softline, '>']);
}

/** Returns `readonly` before an array or a tuple. */
export function readonlyType(type: TypeText): TypeText {
  return { form: 'other', text: joined('readonly ', inPlace(type)) };
}

export function arrayType(element: TypeText): TypeText {
  return { form: 'other', text: joined(inPlace(element), '[]') };
}

export function tupleType(elements: readonly TypeText[]): TypeText {
  if (elements.length === 0) return { form: 'other', text: '[]' };
  const texts = elements.map((element) =>
    group(elements.length > 1 ? inParentheses(element) : withoutIndent(element)),
  );
  return {
    form: 'other',
    text: group(['[', indent([softline, commaSeparated(texts), ifBroken(',')]), softline, ']']),
  };
}

/** Returns a union, of which the members of unions are members. The union of one type is that type. */
export function unionType(...types: readonly TypeText[]): TypeText {
  const members = types.some(isUnion)
    ? types.flatMap((type) => (type.form === 'union' ? type.members : [type]))
    : types;
  return members.length === 1 ? members[0]! : { form: 'union', members };
}

function isUnion({ form }: TypeText): boolean {
  return form === 'union';
}

/** Returns an intersection of types that are not unions. */
export function intersectionType(first: TypeText, ...others: readonly TypeText[]): TypeText {
  let previous = first;
  let isMixed = false;
  const texts = others.map((type, index) => {
    const isObject = type.form === 'object';
    const wasObject = previous.form === 'object';
    previous = type;
    if (isObject && wasObject) return [' & ', isMixed ? indent(inPlace(type)) : inPlace(type)];
    if (!isObject && !wasObject) return indent([' &', line, inPlace(type)]);
    isMixed ||= index > 0;
    return [' & ', index > 0 ? indent(inPlace(type)) : inPlace(type)];
  });
  return { form: 'other', text: group([inPlace(first), texts]) };
}

/** Returns an object type whose members may be on one line. @param properties without their semicolons */
export function objectType(...properties: readonly Printable[]): TypeText {
  const members: Printable[] = [];
  for (const property of properties) {
    if (members.length > 0) members.push(';', line);
    members.push(property);
  }
  return { form: 'object', text: objectGroup(['{', indent([line, members, ifBroken(';')]), line, '}']) };
}

/** Returns an object type with a line for each member. @param members without their semicolons */
export function openObjectType(members: readonly Printable[]): TypeText {
  return { form: 'object', text: group(memberBlock(members)) };
}

/** Returns the members of a type in braces, each in a line. @param members without their semicolons */
export function memberBlock(members: readonly Printable[]): Printable {
  return braced(members.map((member) => joined(member, ';')));
}

/** Returns a type where nothing else is on the right of a colon or an arrow, as in the type of a property. */
export function inAnnotation(type: TypeText): Printable {
  return type.form === 'union' && !isHugged(type)
    ? group(indent([softline, membersOf(type)]))
    : inPlace(type);
}

/** Returns a type whose union has no indentation of its own. */
export function withoutIndent(type: TypeText): Printable {
  return type.form === 'union' && !isHugged(type) ? membersOf(type) : inPlace(type);
}

/** Returns true for a union that is laid out like its only member that is more than `void`. */
export function isHugged(type: TypeText): boolean {
  if (type.form === 'object') return true;
  if (type.form !== 'union') return false;
  const others = type.members.filter((member) => !(member.form === 'keyword' && member.text === 'void'));
  return others.length === 1 && HUGGED.has(others[0]!.form);
}

const HUGGED: ReadonlySet<TypeText['form']> = new Set(['object', 'name', 'generic']);

function isSimple({ form }: TypeText): boolean {
  return form === 'keyword' || form === 'name';
}

function inPlace(type: TypeText): Printable {
  if (type.form !== 'union') return type.text;
  if (isHugged(type))
    return type.members.flatMap((member, index) =>
      index === 0 ? [inPlace(member)] : [' | ', inPlace(member)],
    );
  return membersOf(type);
}

function membersOf({ members }: Extract<TypeText, { form: 'union' }>): Printable {
  const parts: Printable[] = [];
  for (const member of members) {
    if (parts.length === 0) parts.push(ifBroken('| '));
    else parts.push(line, '| ');
    parts.push(indent(inPlace(member)));
  }
  return group(parts);
}

/** Returns a type as one of several elements of a tuple. */
function inParentheses(type: TypeText): Printable {
  if (type.form !== 'union' || isHugged(type)) return inPlace(type);
  return group([indent([ifBroken(['(', softline]), membersOf(type)]), softline, ifBroken(')')]);
}
