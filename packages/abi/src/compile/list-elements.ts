import { acceptsUndefined, numericType, typedArrays } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import type { FactorySource } from './factory-source.ts';
import type { Code } from './source-text.ts';
import { indexOf, viewOf } from './views.ts';

/** The elements of a list: locals of the emitted code. */
export interface Elements {
  /** Can be indexed. */
  readonly value: string;
  readonly length: string;
  /** Whether `value` is a typed array of the element's type; absent when the element has none. */
  readonly view: string | undefined;
}

/**
 * Writes the code that finds out how long a list is, and whether it is the typed array that such a list is in
 * JavaScript. The length is read once: a proxy may answer anything, and another number the next time.
 *
 * @param size the bytes of an element
 * @param allocates true when memory is asked for afterwards
 */
export function emitElements(
  factory: FactorySource,
  code: Code,
  element: Type,
  size: number,
  given: string,
  allocates: boolean,
): Elements {
  const numeric = numericType(element);
  const isView = numeric && `${factory.use('typedKind')}.call(${given}) === "${typedArrays[numeric]}"`;
  const view = isView && factory.local(code, isView, 'w');
  if (factory.trusted) return { value: given, length: factory.local(code, `${given}.length`, 'n'), view };
  const usual = `${view === undefined ? '' : `${view} || `}Array.isArray(${given})`;
  const drained = `${factory.use('elementsOf')}(${given})`;
  const copies = allocates && !acceptsUndefined(element);
  const value = factory.local(code, `${usual} ? ${given} : ${drained}`, 'l', copies ? 'let' : 'const');
  // A class may report any length, but all elements are copied. A typed array without a buffer is not an empty list.
  const own = view === undefined ? '' : `${view} && ${factory.use('typedLength')}.call(${value}) || `;
  const length = factory.local(code, `${own}${lengthText(factory, value)}`, 'n');
  const bytes = `${length} * ${size}`;
  factory.badIf(code, `${length} >>> 0 !== ${length} || ${bytes} > ${MAX_BYTE_LENGTH}`);
  if (copies) {
    factory.usesMemory = true;
    // A list that is larger than the whole memory is checked first: the guest may not be able to hold it.
    const large = `${bytes} > m.u8.length`;
    const checked = `${factory.use('definedElements')}(${value}, ${length})`;
    code.line(`if (${view === undefined ? '' : `!${view} && `}${large}) ${value} = ${checked};`);
  }
  return { value, length, view };
}

/** Returns the expression of the length of an array or an array-like value. */
export function lengthText(factory: FactorySource, value: string): string {
  return `(Array.isArray(${value}) ? ${value}.length : ${factory.use('lengthOf')}(${value}))`;
}

/**
 * Writes the code that copies a typed array. Its buffer may be shared and grow, or be resized, while the guest is
 * asked for memory.
 */
export function emitCopy(
  factory: FactorySource,
  code: Code,
  element: Type,
  { value, length }: Elements,
  ptr: string,
): void {
  const target = viewOf[numericType(element)!];
  const index = indexOf(factory.address, target, ptr);
  factory.usesMemory = true;
  if (factory.trusted) {
    code.line(`m.${target}.set(${value}, ${index});`);
    return;
  }
  const now = `${factory.use('typedLength')}.call(${value})`;
  code.block(`if (${length} !== 0 && ${now} === ${length})`, () => {
    code.line(`m.${target}.set(${value}, ${index});`);
    code.line(`if (${now} !== ${length}) ${factory.use('grew')}();`);
  });
  code.line(`else ${factory.use('copyFirst')}(m.${target}, ${index}, ${value}, ${length});`);
}
