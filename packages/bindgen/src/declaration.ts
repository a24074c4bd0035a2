import { includesUndefined, NameClaims } from '@wit-ts/mapping';
import type { Func, TypeDef } from '@wit-ts/model';
import { docComment } from './doc-comment.ts';
import { checkedTag, memberName } from './names.ts';
import { code, globalType, literal, type Printable } from './print.ts';
import { functionDocs, methodMember, parameters } from './signature.ts';
import { definitionText, typeText, type Scope } from './type-text.ts';

/** Who implements what a declaration describes: the reader of the file, or the other side. */
export type Role = 'supplied' | 'received';

/** The declaration of a named type that is no resource. */
export function typeDeclaration(def: TypeDef, name: string, scope: Scope): Printable {
  const { kind } = def;
  const docs = docComment(def);
  const members = new NameClaims();
  switch (kind.tag) {
    case 'record': {
      const fields = kind.fields.map(({ name: label, type, docs: about }) => {
        const mark = includesUndefined(type) ? '?' : '';
        return code`${docComment({ docs: about })}${members.claim(memberName(label))}${mark}: ${typeText(type, scope)};\n`;
      });
      return code`${docs}export interface ${name} {\n${fields}}\n`;
    }
    case 'flags': {
      const flags = kind.flags.map(
        (flag) => code`${docComment(flag)}${members.claim(memberName(flag.name))}?: boolean;\n`,
      );
      return code`${docs}export interface ${name} {\n${flags}}\n`;
    }
    case 'variant': {
      const cases = kind.cases.map((item) => {
        const payload = item.type === undefined ? '' : code`; val: ${typeText(item.type, scope)}`;
        return code`\n| ${docComment(item)}{ tag: ${literal(checkedTag(item.name))}${payload} }`;
      });
      return code`${docs}export type ${name} = ${cases};\n`;
    }
    case 'enum': {
      const cases = kind.cases.map((item) => code`\n| ${docComment(item)}${literal(checkedTag(item.name))}`);
      return code`${docs}export type ${name} = ${cases};\n`;
    }
    default:
      return code`${docs}export type ${name} = ${definitionText(def, scope)};\n`;
  }
}

/** A resource and its functions, split by how they are called. */
export interface Resource {
  readonly def: TypeDef;
  readonly constructors: readonly Func[];
  readonly statics: readonly Func[];
  readonly methods: readonly Func[];
}

export function resourceWith(def: TypeDef, functions: Iterable<Func>): Resource {
  const own = [...functions].filter((func) => func.kind.tag !== 'freestanding' && func.kind.resource === def);
  const ofKind = (tag: Func['kind']['tag']): Func[] => own.filter((func) => func.kind.tag === tag);
  return { def, constructors: ofKind('constructor'), statics: ofKind('static'), methods: ofKind('method') };
}

/** The instances of a resource. One that was received must be given back; one that is supplied may want to know. */
export function resourceDeclaration(resource: Resource, name: string, role: Role, scope: Scope): Printable {
  const docs = docComment(resource.def);
  const names = new NameClaims();
  const methods = resource.methods.map((func) =>
    methodMember(func, scope, names.claim(memberName(func.name))),
  );
  return role === 'received'
    ? code`${docs}export interface ${name} extends ${globalType('Disposable')} {\n${methods}}\n`
    : code`${docs}export interface ${name} {\n${methods}[Symbol.dispose]?(): void;\n}\n`;
}

/** The class of a resource, as a member of its interface's object. */
export function classMember(
  resource: Resource,
  name: string,
  key: string,
  role: Role,
  scope: Scope,
): Printable {
  const { constructors, statics, methods } = resource;
  const names = new NameClaims(['prototype']);
  const functions = [
    ...constructors.map(
      (func) => code`${functionDocs(func, scope)}new ${parameters(func, scope)}: ${name};\n`,
    ),
    ...statics.map((func) => methodMember(func, scope, names.claim(memberName(func.name)))),
  ];
  // A class without any function is of no use to the runtime.
  const isRequired = role === 'received' || functions.length + methods.length > 0;
  const type = classType(name, functions, constructors.length > 0, role);
  return code`${key}${isRequired ? '' : '?'}: ${type};\n`;
}

function classType(
  name: string,
  functions: readonly Printable[],
  isConstructible: boolean,
  role: Role,
): Printable {
  if (isConstructible) return code`{\n${functions}}`;
  // A host may keep its constructor private, so nothing is said of one. What a component gives serves `instanceof`.
  if (role === 'supplied') return code`{ readonly prototype: ${name};\n${functions}}`;
  const bare = code`abstract new (...args: never) => ${name}`;
  return functions.length === 0 ? bare : code`(${bare}) & {\n${functions}}`;
}
