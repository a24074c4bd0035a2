import type { typedArrays } from '@wit-ts/mapping';

/** The classes of typed arrays whose elements are the numbers of WIT. */
export type NumbersClass = (typeof globalThis)[(typeof typedArrays)[keyof typeof typedArrays]];
type Numbers = InstanceType<NumbersClass>;

/** What the host's side of a stream knows about the type of its elements. */
export interface ElementKind {
  /** False for a stream without an element type: its elements are `undefined`. */
  readonly hasValues: boolean;
  /** The class of the typed arrays that chunks are, when the elements are numbers. */
  readonly numbers: NumbersClass | undefined;
}

/** Makes a typed array of numbers, or of the bytes of a buffer. */
export function newNumbers(numbers: NumbersClass, values: ArrayLike<unknown> | ArrayBufferLike): Numbers {
  const Class = numbers as new (values: ArrayLike<unknown> | ArrayBufferLike) => Numbers;
  return new Class(values);
}
