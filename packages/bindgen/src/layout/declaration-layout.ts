import { joined, type Printable } from '../printable.ts';
import {
  braced,
  commaSeparated,
  fluid,
  group,
  groupOnlyIf,
  ifBroken,
  indent,
  line,
  softline,
} from './layout-node.ts';
import { inAnnotation, isHugged, memberBlock, withoutIndent, type TypeText } from './type-layout.ts';

/** A parameter of a function. */
export interface Parameter {
  /** With the question mark of an optional one. */
  readonly name: string;
  readonly type?: TypeText;
  /** Its default value. */
  readonly value?: string;
}

/** Returns parameters and the type of the result: `(input: string, meta: Metadata): string`. */
export function signatureLayout(
  parameters: readonly Parameter[],
  result?: TypeText,
  arrow = ': ',
): Printable {
  const list = parameterList(parameters);
  if (result === undefined) return group(list);
  const type = joined(arrow, inAnnotation(result));
  // One parameter stays beside a result that is open.
  if (parameters.length !== 1) return group([list, type]);
  return group([result.form === 'object' ? group(list) : groupOnlyIf(list, type), type]);
}

function parameterList(parameters: readonly Parameter[]): Printable {
  const [first, ...others] = parameters;
  if (first === undefined) return '()';
  if (others.length === 0 && first.type?.form === 'object' && first.value === undefined)
    return ['(', first.name, ': ', first.type.text.contents, ')'];
  const rest = parameters.at(-1)!.name.startsWith('...');
  return [
    '(',
    indent([softline, commaSeparated(parameters.map(parameterText))]),
    rest ? '' : ifBroken(','),
    softline,
    ')',
  ];
}

function parameterText({ name, type, value }: Parameter): Printable {
  const text = type === undefined ? name : joined(`${name}: `, inAnnotation(type));
  return value === undefined ? text : joined(text, ` = ${value}`);
}

/** Returns a property, without its semicolon. @param key with a question mark, if it has one */
export function propertyLayout(key: Printable, type: TypeText): Printable {
  const text = joined(key, ': ', inAnnotation(type));
  // A text has no line that could break.
  return typeof text === 'string' ? text : group(text);
}

/** Returns `type NAME = …`, without the semicolon. */
export function aliasLayout(name: string, type: TypeText): Printable {
  const text = withoutIndent(type);
  const isUnion = type.form === 'union' && !isHugged(type);
  return group(['type ', name, ' =', isUnion ? group(indent([line, text])) : fluid(text)]);
}

/** Returns `const NAME = …` without the semicolon. @param name with its type, if it has one */
export function constantLayout(name: Printable, value: Printable): Printable {
  return group(['const ', name, ' =', fluid(value)]);
}

/** Returns `const NAME: TYPE = …` without the semicolon, for a function: it begins on the line of its name. */
export function functionConstantLayout(name: string, type: Printable, value: Printable): Printable {
  return ['const ', name, ': ', type, ' = ', value];
}

/** Returns an interface. @param members without their semicolons */
export function interfaceLayout(
  name: string,
  members: readonly Printable[],
  parents: readonly TypeText[] = [],
): Printable {
  const body = memberBlock(members);
  if (parents.length > 1) {
    const list = group(indent([line, commaSeparated(parents.map(withoutIndent))]));
    return ['interface ', group([name, indent([line, 'extends', list])]), ' ', body];
  }
  return ['interface ', name, parents.map((type) => parentLayout('extends', type)), ' ', body];
}

/** Returns a type parameter in angle brackets. */
export function typeParameterLayout(name: string, constraint: TypeText): Printable {
  const text = group([name, ' extends', fluid(withoutIndent(constraint))]);
  return group(['<', indent([softline, text, ifBroken(',')]), softline, '>']);
}

/** Returns a class. @param members with their semicolons */
export function classLayout(name: string, parent: TypeText, members: readonly Printable[]): Printable {
  return ['class ', name, parentLayout('implements', parent), ' ', braced(members)];
}

function parentLayout(word: 'extends' | 'implements', type: TypeText): Printable {
  return [' ', word, ' ', withoutIndent(type)];
}

/** Returns names in braces, of an import or an export. */
export function specifierList(names: readonly Printable[]): Printable {
  if (names.length < 2) return ['{ ', names, ' }'];
  return group(['{', indent([line, commaSeparated(names), ifBroken(',')]), line, '}']);
}
