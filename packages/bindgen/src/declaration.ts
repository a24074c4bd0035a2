import { jsTypeOf, NameClaims, pascalCase, type Property } from '@wit-ts/mapping';
import type { Docs, TypeDef } from '@wit-ts/model';
import { disposableType, disposeKey } from './disposal.ts';
import { docComment } from './doc-comment.ts';
import { checkedLabel } from './names.ts';
import { runtimeType } from './runtime-module.ts';
import type { Module } from './module-layout.ts';
import { code, stringLiteral, type Printable } from './printable.ts';
import { functionDocs, methodMember, parameters } from './signature.ts';
import type { MemberFunction, ResourceClass } from './surface.ts';
import { definitionText, typeCode, type TypeNames } from './type-text.ts';

/** Who implements what a declaration describes: the reader of the file, or the other side. */
export type Role = 'supplied' | 'received';

/** Prints the declaration of a named type that is not a resource. */
export function typeDeclaration(def: TypeDef, name: string, names: TypeNames): Printable {
  const { kind } = def;
  const docs = docComment(def, kind.tag === 'variant' || kind.tag === 'enum' ? { cases: kind.cases } : {});
  switch (kind.tag) {
    case 'record':
      return code`${docs}export interface ${name} {\n${properties(def, kind.fields, names)}}\n`;
    case 'flags':
      return code`${docs}export interface ${name} {\n${properties(def, kind.flags, names)}}\n`;
    case 'variant': {
      const cases = kind.cases.map((item) => {
        const payload = item.type === undefined ? '' : code`; val: ${typeCode(item.type, names)}`;
        return code`\n| { tag: ${stringLiteral(checkedLabel(item.name))}${payload} }`;
      });
      return code`${docs}export type ${name} = ${cases};\n`;
    }
    case 'enum': {
      if (names.constEnums) return constEnum(docComment(def), name, kind.cases);
      const cases = kind.cases.map((item) => code`\n| ${stringLiteral(checkedLabel(item.name))}`);
      return code`${docs}export type ${name} = ${cases};\n`;
    }
    default:
      return code`${docs}export type ${name} = ${definitionText(def, names)};\n`;
  }
}

/** Prints an enum as an object of its names, and the type of these. */
function constEnum(
  docs: Printable,
  name: string,
  cases: readonly { readonly name: string; readonly docs?: Docs }[],
): Printable {
  const keys = new NameClaims();
  const members = cases.map((item) => {
    const key = keys.claim(pascalCase(checkedLabel(item.name)));
    return code`${docComment(item)}${key}: ${stringLiteral(item.name)},\n`;
  });
  const type = `export type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
  return code`${docs}export const ${name} = {\n${members}} as const;\n${type}`;
}

/** Prints the properties of a record or of flags. @param parts what WIT says of each, in their order */
function properties(def: TypeDef, parts: readonly { readonly docs?: Docs }[], names: TypeNames): Printable[] {
  const type = jsTypeOf(def);
  const list: readonly Property[] = type.tag === 'record' || type.tag === 'flags' ? type.properties : [];
  return list.map(({ name, key, type: value, isOptional }, index) => {
    checkedLabel(name);
    const text = value === undefined ? 'boolean' : typeCode(value, names);
    return code`${docComment({ docs: parts[index]?.docs })}${key}${isOptional ? '?' : ''}: ${text};\n`;
  });
}

/**
 * Prints the instances of a resource. The receiver of one has to dispose of it; the supplier of one may want to know
 * that it was disposed of.
 */
export function resourceDeclaration(
  { functions }: ResourceClass,
  def: TypeDef,
  name: string,
  { role, kinds = [] }: Pick<Module, 'role' | 'kinds'>,
  names: TypeNames,
): Printable {
  const methods = ofStyle(functions, 'method').map((func) => methodMember(func, names));
  const docs = docComment(def);
  const kind = kinds.map((each) => stringLiteral(`${each} ${checkedLabel(def.name ?? '')}`)).join(' | ');
  if (role === 'received') {
    const mark = kinds.length === 0 ? [] : [code`, ${runtimeType('OfComponent')}<${kind}>`];
    return code`${docs}export interface ${name} extends ${disposableType}${mark} {\n${methods}}\n`;
  }
  const mark = kinds.length === 0 ? undefined : code`${runtimeType('NotOfComponent')}<${kind}>`;
  const dispose = code`${disposeKey}?(): void;\n`;
  // An interface whose members are all optional refuses objects that have none of them, so `object` has to be said.
  if (methods.length === 0) {
    const marked = mark === undefined ? [] : [code` & ${mark}`];
    return code`${docs}export type ${name} = object${marked} & {\n${dispose}};\n`;
  }
  const heading = mark === undefined ? name : code`${name} extends ${mark}`;
  return code`${docs}export interface ${heading} {\n${methods}${dispose}}\n`;
}

/** Prints the class of a resource, as a member of its interface's object. */
export function classMember(
  { functions, keys: [key] }: ResourceClass,
  name: string,
  role: Role,
  names: TypeNames,
): Printable {
  const constructors = ofStyle(functions, 'constructor');
  const members = [
    ...constructors.map(
      ({ item }) => code`${functionDocs(item.type, names)}new ${parameters(item.type, names)}: ${name};\n`,
    ),
    ...ofStyle(functions, 'static').map((func) => methodMember(func, names)),
  ];
  // The runtime does not need a class without functions.
  const isRequired = role === 'received' || functions.length > 0;
  return code`${key}${isRequired ? '' : '?'}: ${classType(name, members, constructors.length > 0, role)};\n`;
}

/** Returns the functions of a class that are called in the same way. */
export function ofStyle(
  functions: readonly MemberFunction[],
  style: MemberFunction['style'],
): readonly MemberFunction[] {
  return functions.filter((func) => func.style === style);
}

function classType(
  name: string,
  members: readonly Printable[],
  isConstructible: boolean,
  role: Role,
): Printable {
  if (isConstructible) return code`{\n${members}}`;
  // A host may keep its constructor private, so the type has none. A class that a component gives serves `instanceof`.
  if (role === 'supplied') return code`{ readonly prototype: ${name};\n${members}}`;
  const bare = code`abstract new (...args: never) => ${name}`;
  return members.length === 0 ? bare : code`(${bare}) & {\n${members}}`;
}
