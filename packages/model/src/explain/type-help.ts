import { isNumericType } from '../primitives.ts';
import { typeText } from '../type-text.ts';
import type { Type } from '../types.ts';

/** What to do when a type differs. Types are compared as they are written, so names for types stay names. */
export function typeHelp(expected: Type, found: Type, texts: { expected: string; found: string }): string {
  if (isNumber(expected) && isNumber(found)) {
    return 'numbers of different width, sign or kind are different types; nothing converts them at the boundary';
  }
  if ((expected === 'string' && isBytes(found)) || (found === 'string' && isBytes(expected))) {
    return 'text is `string` and bytes are `list<u8>`; nothing converts them at the boundary';
  }
  if ((isFixedList(expected) && isList(found)) || (isList(expected) && isFixedList(found))) {
    return 'a list of fixed length and a list are different types';
  }
  if (isOptionOf(expected, found) || isOptionOf(found, expected)) {
    return 'an optional value and a value that is always there are different types: write `option<…>` on both sides or on neither';
  }
  if (isResultOf(expected, found) || isResultOf(found, expected)) {
    return 'a value that may fail and a value that cannot are different types: write `result<…>` on both sides or on neither';
  }
  return `types must be the same on both sides: write \`${texts.expected}\` in the component, or \`${texts.found}\` in the world`;
}

function isNumber(type: Type): boolean {
  return typeof type === 'string' && isNumericType(type);
}

/** A type that is written out, not named. */
function kindOf(type: Type) {
  return typeof type === 'object' && type.name === undefined ? type.kind : undefined;
}

function isBytes(type: Type): boolean {
  const kind = kindOf(type);
  return kind?.tag === 'list' && kind.element === 'u8';
}

function isList(type: Type): boolean {
  return kindOf(type)?.tag === 'list';
}

function isFixedList(type: Type): boolean {
  return kindOf(type)?.tag === 'fixed-length-list';
}

function isOptionOf(type: Type, inner: Type): boolean {
  const kind = kindOf(type);
  return kind?.tag === 'option' && isWrittenAlike(kind.type, inner);
}

function isResultOf(type: Type, ok: Type): boolean {
  const kind = kindOf(type);
  return kind?.tag === 'result' && kind.ok !== undefined && isWrittenAlike(kind.ok, ok);
}

/** The two belong to different worlds, so that equal types are not one object. */
function isWrittenAlike(a: Type, b: Type): boolean {
  return typeText(a, SHORT) === typeText(b, SHORT);
}

const SHORT = { limit: 300 };
