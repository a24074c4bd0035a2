import type { typedArrays } from '@wit-ts/mapping';

/** The classes of typed arrays whose elements are the numbers of WIT. */
export type NumbersClass = (typeof globalThis)[(typeof typedArrays)[keyof typeof typedArrays]];
export type Numbers = InstanceType<NumbersClass>;

/** What the host's side of a stream knows about the type of its elements. */
export interface ElementKind {
  /** False for a stream without an element type: its elements are `undefined`. */
  readonly hasValues: boolean;
  /** The class of the typed arrays that chunks are, when the elements are numbers. */
  readonly numbers: NumbersClass | undefined;
  /** Reads elements of the host that go to the host. @throws TypeError when one does not fit */
  readonly check: (values: ArrayLike<unknown>) => ArrayLike<unknown>;
}

/** Makes a typed array of numbers, or of the bytes of a buffer. Integers of 64 bits may be safe integers. */
export function newNumbers(numbers: NumbersClass, values: ArrayLike<unknown> | ArrayBufferLike): Numbers {
  const Class = numbers as new (values: ArrayLike<unknown> | ArrayBufferLike) => Numbers;
  const isLong = numbers === BigInt64Array || numbers === BigUint64Array;
  const isPlain = 'length' in values && !ArrayBuffer.isView(values);
  return new Class(isLong && isPlain ? Array.from(values as ArrayLike<bigint | number>, BigInt) : values);
}
