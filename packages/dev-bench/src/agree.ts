import { inspect, isDeepStrictEqual } from 'node:util';
import { argumentNames, type Call } from './suite.ts';

/** Throws an Error that says which call was answered differently, and how. */
export function checkAnswer(contender: string, guest: object, call: Call): void {
  const given = answer(guest, call);
  if (isDeepStrictEqual(plain(given), plain(call.answer))) return;
  throw new Error(
    `${contender} does not give the answer of \`${call.code}\`, so there is nothing to compare: expected ` +
      `${shown(call.answer)}, got ${shown(given)}.`,
  );
}

function answer(
  guest: object,
  { before = '', code, args }: Call,
): Call['answer'] | { readonly thrown: string } {
  const run = new Function('guest', ...argumentNames(args), `let last; ${before} ${code} return last;`);
  try {
    return { value: run(guest, ...args) };
  } catch (error) {
    return typeof error === 'object' && error !== null && 'payload' in error
      ? { payload: error.payload }
      : { thrown: String(error) };
  }
}

/** A field that is undefined and one that is not there mean the same. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, plain(field)]),
  );
}

function shown(value: unknown): string {
  return inspect(value, { maxStringLength: 60, maxArrayLength: 5, breakLength: Infinity });
}
