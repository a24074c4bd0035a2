import { NameClaims, thrownResult } from '@wit-ts/mapping';
import type { Func } from '@wit-ts/model';
import { docComment } from './doc-comment.ts';
import { bindingName } from './names.ts';
import { code, globalType, join, type Printable } from './print.ts';
import { typeText, type Scope } from './type-text.ts';

/** Parameters and result: `(input: string, meta: Metadata): string`. */
export function signature(func: Func, scope: Scope): Printable {
  return code`${parameters(func, scope)}: ${returnType(func, scope)}`;
}

/** `(input: string, meta: Metadata)`; the `self` of a method is left out. */
export function parameters(func: Func, scope: Scope): Printable {
  const names = new NameClaims();
  const shown = func.kind.tag === 'method' ? func.params.slice(1) : func.params;
  const params = shown.map(
    ({ name, type }) => code`${names.claim(bindingName(name))}: ${typeText(type, scope)}`,
  );
  return code`(${join(params, ', ')})`;
}

/** A member of an interface or a class: `processData(input: string): string;`, documented. */
export function methodMember(
  func: Func,
  scope: Scope,
  name: string,
  modifier: 'static ' | '' = '',
): Printable {
  // A member `new(…)` without quotes would declare a constructor.
  const key = name === 'new' ? '"new"' : name;
  return code`${functionDocs(func, scope)}${modifier}${key}${signature(func, scope)};\n`;
}

/** The documentation of a function, with what it throws: TypeScript's types cannot say it. */
export function functionDocs(func: Func, scope: Scope): string {
  const result = thrownResult(func.result);
  if (result === undefined) return docComment(func);
  const payload = result.err === undefined ? 'undefined' : plainText(typeText(result.err, scope));
  return docComment(func, { tags: [`@throws {ComponentError<${payload}>}`] });
}

function returnType(func: Func, scope: Scope): Printable {
  const result = thrownResult(func.result);
  const type = result === undefined ? func.result : result.ok;
  const text = type === undefined ? 'void' : typeText(type, scope);
  return func.async ? code`${globalType('Promise')}<${text}>` : text;
}

/** A type in a comment: by the names it has where it is declared, and without an import for its sake. */
function plainText(part: Printable): string {
  if (typeof part === 'string') return part;
  if (!('tag' in part)) return part.map(plainText).join('');
  if (part.tag === 'specifier') return '';
  return part.tag === 'import' ? part.aliases[0] : part.name;
}
