import { jsTypeOf, memberKeys, NameClaims, pascalCase, type Property } from '@wit-ts/mapping';
import type { Docs, EnumCase, TypeDef } from '@wit-ts/model';
import { disposableType, disposeKey } from './disposal.ts';
import { docComment } from './doc-comment.ts';
import { checkedLabel, propertyName } from './names.ts';
import { runtimeType } from './runtime-module.ts';
import type { Module, TypeForms } from './module-layout.ts';
import {
  aliasLayout,
  constantLayout,
  interfaceLayout,
  propertyLayout,
  signatureLayout,
} from './layout/declaration-layout.ts';
import { braced } from './layout/layout-node.ts';
import {
  generic,
  intersectionType,
  keyword,
  literalType,
  objectType,
  openObjectType,
  otherType,
  namedType,
  unionType,
  type TypeText,
} from './layout/type-layout.ts';
import { entryLayout, nameValue, stringValue } from './layout/value-layout.ts';
import { code, type Printable } from './printable.ts';
import { constructorSignature, functionDocs, methodMember } from './signature.ts';
import type { MemberFunction, ResourceClass } from './surface.ts';
import { definitionText, typeCode, type TypeNames } from './type-text.ts';
import { variantDeclaration } from './variant-declaration.ts';

/** Who implements what a declaration describes: the reader of the file, or the other side. */
export type Role = 'supplied' | 'received';

/** Prints the declaration of a named type that is not a resource. */
export function typeDeclaration(def: TypeDef, name: string, names: TypeNames): Printable {
  const { kind } = def;
  const docs = docComment(def, kind.tag === 'variant' || kind.tag === 'enum' ? { cases: kind.cases } : {});
  switch (kind.tag) {
    case 'record':
      return code`${docs}export ${interfaceLayout(name, properties(def, kind.fields, names))}
`;
    case 'flags':
      if (names.forms.choices.flags === 'bigint') return bigintFlags(docs, name, kind.flags, names.forms);
      return code`${docs}export ${interfaceLayout(name, properties(def, kind.flags, names))}
`;
    case 'variant':
      return variantDeclaration(docs, name, kind.cases, names);
    case 'enum': {
      if (names.forms.constEnums) return constEnum(docComment(def), name, kind.cases);
      const cases = kind.cases.map((item) => literalType(checkedLabel(item.name)));
      return code`${docs}export ${aliasLayout(name, unionType(...cases))};
`;
    }
    default:
      return code`${docs}export ${aliasLayout(name, definitionText(def, names))};
`;
  }
}

type Label = Pick<EnumCase, 'name' | 'docs'>;

/** Prints an enum as an object of its names, and the type of these. */
function constEnum(docs: Printable, name: string, cases: readonly Label[]): Printable {
  const keys = new NameClaims();
  const members = cases.map((item) => {
    const key = keys.claim(pascalCase(checkedLabel(item.name)));
    return code`${docComment(item)}${entryLayout(key, stringValue(item.name))},`;
  });
  const type = aliasLayout(name, otherType(`(typeof ${name})[keyof typeof ${name}]`));
  return code`${docs}export ${constantLayout(name, code`${braced(members)} as const`)};
export ${type};
`;
}

/** Prints flags as a bigint, and an object with the bit of each. */
function bigintFlags(docs: Printable, name: string, flags: readonly Label[], forms: TypeForms): Printable {
  const type = code`export ${aliasLayout(name, keyword('bigint'))};
`;
  if (!forms.hasValues) return code`${docs}${type}`;
  const keys = memberKeys(flags, forms.choices);
  const members = flags.map((flag, index) => {
    checkedLabel(flag.name);
    const bit = nameValue(`${2n ** BigInt(index)}n`);
    return code`${docComment(flag)}${entryLayout(propertyName(keys[index]!), bit)},`;
  });
  return code`${docs}export ${constantLayout(name, code`${braced(members)} as const`)};
${type}`;
}

/** Prints the properties of a record or of flags. @param parts what WIT says of each, in their order */
function properties(def: TypeDef, parts: readonly { readonly docs?: Docs }[], names: TypeNames): Printable[] {
  const type = jsTypeOf(def, names.forms.choices);
  const list: readonly Property[] = type.tag === 'record' || type.tag === 'flags' ? type.properties : [];
  return list.map(({ name, key, type: value, isOptional }, index) => {
    checkedLabel(name);
    const text = value === undefined ? keyword('boolean') : typeCode(value, names);
    const shown = `${propertyName(key)}${isOptional ? '?' : ''}`;
    return code`${docComment({ docs: parts[index]?.docs })}${propertyLayout(shown, text)}`;
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
  const labels = kinds.map((each) => literalType(`${each} ${checkedLabel(def.name ?? '')}`));
  const marked = (helper: string): TypeText[] =>
    labels.length === 0 ? [] : [generic(runtimeType(helper), unionType(...labels))];
  if (role === 'received')
    return code`${docs}export ${interfaceLayout(name, methods, [namedType(disposableType), ...marked('OfComponent')])}
`;
  const mark = marked('NotOfComponent');
  const dispose = code`${disposeKey}?(): void`;
  // An interface whose members are all optional refuses objects that have none of them, so `object` has to be said.
  if (methods.length === 0) {
    const type = intersectionType(keyword('object'), ...mark, openObjectType([dispose]));
    return code`${docs}export ${aliasLayout(name, type)};
`;
  }
  return code`${docs}export ${interfaceLayout(name, [...methods, dispose], mark)}
`;
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
      ({ item }) =>
        code`${functionDocs(item.type, names)}new ${constructorSignature(item.type, names, name)}`,
    ),
    ...ofStyle(functions, 'static').map((func) => methodMember(func, names)),
  ];
  // The runtime does not need a class without functions.
  const isRequired = role === 'received' || functions.length > 0;
  return code`${propertyLayout(isRequired ? key : `${key}?`, classType(name, members, constructors.length > 0, role))}`;
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
): TypeText {
  if (isConstructible) return openObjectType(members);
  // A host may keep its constructor private, so the type has none. A class that a component gives serves `instanceof`.
  if (role === 'supplied') return objectType(propertyLayout('prototype', namedType(name)), ...members);
  const parameters = [{ name: '...args', type: keyword('never') }];
  const bare = code`abstract new ${signatureLayout(parameters, namedType(name), ' => ')}`;
  return members.length === 0
    ? otherType(bare)
    : intersectionType(otherType(['(', bare, ')']), openObjectType(members));
}
