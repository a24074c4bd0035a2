import { hex } from './hex.ts';

const isNot =
  (what: string) =>
  (opcode: number): string =>
    `${hex(opcode)} is not ${what}`;

/** The messages of the faults that reading most components finds, by code. They are loaded on demand. */
export const decodeTexts = {
  'unexpected-end': () => 'the input ends in the middle of a definition',
  'too-few-bytes': (announced: number, follow: number) =>
    `${announced} bytes are announced here, but only ${follow} follow`,
  'integer-too-large': (bits: number) => `an integer does not fit in ${bits} bits`,
  'negative-index': () => 'a type index is written as a negative number',
  'name-too-long': (most: number, length: number) => `a name has at most ${most} bytes, not ${length}`,
  'not-utf8': () => 'a name is not valid UTF-8',
  'list-too-long': (count: number, follow: number) =>
    `a list of ${count} items is announced, but only ${follow} bytes follow`,
  'not-a-flag': (what: string, value: number) => `${what} must be 0 or 1, not ${hex(value)}`,
  'unexpected-byte': (expected: number, what: string, found: number) =>
    `expected ${hex(expected)} ${what}, found ${hex(found)}`,
  'part-too-long': (what: string, size: number, follow: number) =>
    `${what} announces ${size} bytes, but only ${follow} follow`,
  'bytes-left-over': (what: string, left: number) => `${what} has ${left} bytes left over after its contents`,
  'nested-too-deep': (most: number) => `components and types are nested more than ${most} levels deep`,
  'no-module-preamble': () => 'the preamble of a core module is missing',
  'unknown-section': isNot('the id of a component section'),
  'unknown-core-sort': isNot('a core sort'),
  'unknown-sort': isNot('a sort'),
  'unknown-name-form': isNot('a form of import or export name'),
  'unknown-core-instance': isNot('the opcode of a core instance'),
  'unknown-instance': isNot('the opcode of an instance'),
  'unknown-canon': isNot('the opcode of a canonical definition'),
  'unknown-option': isNot('a canonical option'),
  'unknown-value-type': isNot('a primitive type; other types must be defined first and referred to by index'),
  'unknown-type': isNot('the opcode of a type'),
  'unknown-declaration': isNot('the opcode of a declaration'),
  'unknown-alias': isNot('a target of an alias'),
  'import-in-instance': () => 'an instance type has no imports',
  'not-a-core-export': (sort: string) => `a core instance exports no ${sort}`,
  'not-external': (sort: string) => `a ${sort} can be neither imported nor exported`,
};

export type DecodeTexts = typeof decodeTexts;
