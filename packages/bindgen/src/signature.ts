import {
  jsTypeOf,
  NameClaims,
  settlementOf,
  signatureOf,
  type FunctionType,
  type Signature,
} from '@wit-ts/mapping';
import type { Func, Type } from '@wit-ts/model';
import { docComment } from './doc-comment.ts';
import { checkedLabel, propertyName } from './names.ts';
import { signatureLayout, type Parameter } from './layout/declaration-layout.ts';
import { generic, keyword, namedType, unionType, type TypeText } from './layout/type-layout.ts';
import { code, globalType, type Printable } from './printable.ts';
import { runtimeType } from './runtime-module.ts';
import type { MemberFunction } from './surface.ts';
import { commentedType, typeCode, type TypeNames } from './type-text.ts';

/**
 * Prints parameters and result: `(input: string, meta: Metadata): string`.
 *
 * A guest may give a promise for a future only while a call waits, and not where JavaScript would join it with the
 * promise of the call.
 */
export function signature(func: Func, names: TypeNames, checked = checkedSignature(func, names)): Printable {
  const { value, call, parameters: list } = checked;
  const isGiven = names.gives === 'result' && !(names.isGuest && (call === 'at-once' || isFuture(value)));
  const text = payloadText(value, names, isGiven);
  const params = typedParameters(checked, names);
  if (call === 'promise' && names.takesOptions)
    params.push({ name: `${optionsName(list)}?`, type: namedType(runtimeType('CallOptions')) });
  return signatureLayout(params, resultText(func, { value, text, call }, names));
}

function resultText(
  func: Func,
  { value, text, call }: Pick<Signature, 'value' | 'call'> & { readonly text: TypeText },
  names: TypeNames,
): TypeText {
  if (call === 'at-once' && !names.isListed(func)) return text;
  // For a host, JavaScript joins the promise of a call and a future that the call returns: they are one promise.
  const joined = isFuture(value) && !names.isGuest ? settlementOf(value, names.forms.choices) : undefined;
  const isGiven = names.gives === 'result' && !names.isGuest;
  const wrapper = globalType(isGiven ? 'PromiseLike' : 'Promise');
  const promise = joined === undefined ? generic(wrapper, text) : text;
  // A host may give the value itself instead of a promise, and so may a guest whose function is synchronous in WIT.
  const mayBePlain = isGiven || (names.isGuest && call === 'at-once');
  if (!mayBePlain) return promise;
  // Not `text`: each occurrence of an object in a file has a layout node of its own.
  return unionType(payloadText(joined === undefined ? value : joined.value, names, isGiven), promise);
}

function isFuture(type: Type | undefined): boolean {
  return type !== undefined && jsTypeOf(type).tag === 'promise';
}

function payloadText(type: Type | undefined, names: TypeNames, isGiven: boolean): TypeText {
  return type === undefined ? keyword('void') : typeCode(type, names, isGiven);
}

function optionsName(list: Signature['parameters']): string {
  return new NameClaims(list.map(({ name }) => name)).claim('options');
}

/** Prints the parameters of a constructor, and what it makes: `(input: string): Parser`. */
export function constructorSignature(func: Func, names: TypeNames, result?: string): Printable {
  const parameters = typedParameters(checkedSignature(func, names), names);
  return signatureLayout(parameters, result === undefined ? undefined : namedType(result));
}

/** Returns the parameters of a function, without the `self` of a method. */
function typedParameters({ parameters }: Signature, names: TypeNames): Parameter[] {
  return parameters.map(({ name, type }) => ({
    name,
    type: typeCode(type, names, names.gives === 'arguments'),
  }));
}

/**
 * Prints a member with its documentation, without the semicolon: `processData(input: string): string`.
 *
 * @param shown how its name is written; by default as a member of an interface has it
 */
export function methodMember(
  { item, keys: [key] }: MemberFunction,
  names: TypeNames,
  shown?: string,
): Printable {
  // A member `new(…)` of an interface without quotes would declare a constructor.
  const name = shown ?? (key === 'new' ? '"new"' : propertyName(key));
  const checked = checkedSignature(item.type, names);
  return [functionDocs(item.type, names, checked), name, signature(item.type, names, checked)];
}

/** Prints the documentation of a function, with what it throws: TypeScript's types cannot express that. */
export function functionDocs(
  func: Func,
  names: TypeNames,
  { thrown } = checkedSignature(func, names),
): Printable {
  if (thrown === undefined) return docComment(func);
  const payload = thrown.payload === undefined ? keyword('undefined') : commentedType(thrown.payload, names);
  return docComment(func, { tags: [code`@throws ${names.thrown(payload)}`] });
}

/** @throws TypeError if a parameter's name is not a name of WIT */
function checkedSignature(func: Func, { forms }: TypeNames): Signature {
  for (const { name } of func.params) checkedLabel(name);
  return signatureOf(
    func satisfies FunctionType,
    func.kind.tag === 'freestanding' ? 'function' : func.kind.tag,
    forms.choices,
  );
}
