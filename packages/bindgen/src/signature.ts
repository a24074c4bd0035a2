import { signatureOf, type FunctionType, type Signature } from '@wit-ts/mapping';
import type { Func } from '@wit-ts/model';
import { docComment } from './doc-comment.ts';
import { checkedLabel } from './names.ts';
import { code, globalType, joinPrintables, type Printable } from './printable.ts';
import type { MemberFunction } from './surface.ts';
import { typeCode, type TypeNames } from './type-text.ts';

/** Prints parameters and result: `(input: string, meta: Metadata): string`. */
export function signature(func: Func, names: TypeNames): Printable {
  const { value, call } = checkedSignature(func);
  const isGiven = names.gives === 'result';
  const text = value === undefined ? 'void' : typeCode(value, names, isGiven);
  const result = call === 'promise' ? promise(text, isGiven) : names.mayBeAsync(func) ? settled(text) : text;
  return code`${parameters(func, names)}: ${result}`;
}

/** A guest may give the value or a promise. */
function settled(text: Printable): Printable {
  return code`${text} | ${globalType('Promise')}<${text}>`;
}

/** A host may give the value itself instead of a promise. */
function promise(text: Printable, isGiven: boolean): Printable {
  return isGiven
    ? code`${text} | ${globalType('PromiseLike')}<${text}>`
    : code`${globalType('Promise')}<${text}>`;
}

/** Prints `(input: string, meta: Metadata)`, without the `self` of a method. */
export function parameters(func: Func, names: TypeNames): Printable {
  const params = checkedSignature(func).parameters.map(
    ({ name, type }) => code`${name}: ${typeCode(type, names, names.gives === 'arguments')}`,
  );
  return code`(${joinPrintables(params, ', ')})`;
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
