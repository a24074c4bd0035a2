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
import { checkedLabel } from './names.ts';
import { code, globalType, joinPrintables, type Printable } from './printable.ts';
import { runtimeType } from './runtime-module.ts';
import type { MemberFunction } from './surface.ts';
import { typeCode, type TypeNames } from './type-text.ts';

/**
 * Prints parameters and result: `(input: string, meta: Metadata): string`.
 *
 * A guest may give a promise for a future only while a call waits, and not where JavaScript would join it with the
 * promise of the call.
 */
export function signature(func: Func, names: TypeNames): Printable {
  const { value, call, parameters: list } = checkedSignature(func);
  const isGiven = names.gives === 'result' && !(names.isGuest && (call === 'at-once' || isFuture(value)));
  const text = payloadText(value, names, isGiven);
  const options =
    call === 'promise' && names.takesOptions
      ? [code`${optionsName(list)}?: ${runtimeType('CallOptions')}`]
      : [];
  return code`${parameters(func, names, options)}: ${resultText(func, { value, text, call }, names)}`;
}

function resultText(
  func: Func,
  { value, text, call }: Pick<Signature, 'value' | 'call'> & { readonly text: Printable },
  names: TypeNames,
): Printable {
  if (call === 'at-once' && !names.isListed(func)) return text;
  // For a host, JavaScript joins the promise of a call and a future that the call returns: they are one promise.
  const joined = isFuture(value) && !names.isGuest ? settlementOf(value) : undefined;
  const isGiven = names.gives === 'result' && !names.isGuest;
  const wrapper = globalType(isGiven ? 'PromiseLike' : 'Promise');
  const promise = joined === undefined ? code`${wrapper}<${text}>` : text;
  // A host may give the value itself instead of a promise, and so may a guest whose function is synchronous in WIT.
  const mayBePlain = isGiven || (names.isGuest && call === 'at-once');
  if (!mayBePlain) return promise;
  const plain = joined === undefined ? text : payloadText(joined.value, names, isGiven);
  return code`${plain} | ${promise}`;
}

function isFuture(type: Type | undefined): boolean {
  return type !== undefined && jsTypeOf(type).tag === 'promise';
}

function payloadText(type: Type | undefined, names: TypeNames, isGiven: boolean): Printable {
  return type === undefined ? 'void' : typeCode(type, names, isGiven);
}

function optionsName(list: Signature['parameters']): string {
  return new NameClaims(list.map(({ name }) => name)).claim('options');
}

/**
 * Prints `(input: string, meta: Metadata)`, without the `self` of a method.
 *
 * @param others parameters that only JavaScript has
 */
export function parameters(func: Func, names: TypeNames, others: readonly Printable[] = []): Printable {
  const params = checkedSignature(func).parameters.map(
    ({ name, type }) => code`${name}: ${typeCode(type, names, names.gives === 'arguments')}`,
  );
  return code`(${joinPrintables([...params, ...others], ', ')})`;
}

/** Prints a member of an interface or a class with its documentation: `processData(input: string): string;`. */
export function methodMember(
  { item, keys: [key] }: MemberFunction,
  names: TypeNames,
  options: { readonly prefix?: 'static '; readonly key?: string } = {},
): Printable {
  const { prefix = '' } = options;
  // A member `new(…)` without quotes would declare a constructor.
  const shown = options.key ?? (key === 'new' ? '"new"' : key);
  return code`${functionDocs(item.type, names)}${prefix}${shown}${signature(item.type, names)};\n`;
}

/** Prints the documentation of a function, with what it throws: TypeScript's types cannot express that. */
export function functionDocs(func: Func, names: TypeNames): Printable {
  const { thrown } = checkedSignature(func);
  if (thrown === undefined) return docComment(func);
  // The helper types of the runtime would be imported for the comment only.
  const plain: TypeNames = { ...names, helper: () => undefined };
  const payload = thrown.payload === undefined ? 'undefined' : typeCode(thrown.payload, plain);
  return docComment(func, { tags: [code`@throws ${names.thrown(payload)}`] });
}

/** @throws TypeError if a parameter's name is not a name of WIT */
function checkedSignature(func: Func): Signature {
  for (const { name } of func.params) checkedLabel(name);
  return signatureOf(
    func satisfies FunctionType,
    func.kind.tag === 'freestanding' ? 'function' : func.kind.tag,
  );
}
