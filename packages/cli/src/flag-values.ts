import { usageFailure } from './failure.ts';

/** The longest time of a timer: 2^31 - 1 milliseconds. */
const MOST_MILLISECONDS = 2 ** 31 - 1;

/** Reads a time above 0, and returns its milliseconds: `10`, `1.5` and `10s` in seconds, or `500ms`. */
export function millisecondsOf(flag: string, text: string): number {
  const [, digits, unit = 's'] = /^(\d{1,10}(?:\.\d{1,9})?)(s|ms)?$/iu.exec(text) ?? [];
  const milliseconds = Math.ceil(Number(digits) * (unit.toLowerCase() === 's' ? 1000 : 1));
  if (milliseconds > 0 && milliseconds <= MOST_MILLISECONDS) return milliseconds;
  throw usageFailure(
    `${flag} ${text}: not a time above 0 and of at most 24 days`,
    `write it like ${flag} 10 for seconds, or ${flag} 500ms`,
  );
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
]);

/** Reads a size, and returns its bytes: `1048576`, `64KiB`, `1MiB`, `1GiB`. */
export function bytesOf(flag: string, text: string): number {
  const [, digits, unit = ''] = /^(\d{1,16})((?:[KMG]iB)?)$/iu.exec(text) ?? [];
  const bytes = Number(digits) * UNITS.get(unit.toLowerCase())!;
  if (Number.isSafeInteger(bytes)) return bytes;
  throw usageFailure(`${flag} ${text}: not a size`, `write it like ${flag} 1048576, or ${flag} 1MiB`);
}

/** Reads an amount of fuel. */
export function operatorsOf(flag: string, text: string): number {
  const operators = /^\d{1,16}$/u.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(operators)) return operators;
  throw usageFailure(`${flag} ${text}: not a whole number from 0 to 2^53 - 1`);
}

/** Reads how many there are of something, at least one. */
export function countOf(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw usageFailure(`${flag} ${text}: not a whole number above 0`);
}
