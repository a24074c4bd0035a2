import { inspect, isDeepStrictEqual } from 'node:util';
import { functionOf, type GuestCall } from './benchmark-suite.ts';

/** Throws an Error that names the call, the expected answer and the given answer when they differ. */
export async function checkAnswer(contender: string, guest: object, call: GuestCall): Promise<void> {
  const given = await answerOf(guest, call);
  if (isDeepStrictEqual(withoutUndefinedFields(given), withoutUndefinedFields(call.answer))) return;
  throw new Error(
    `${contender} gives a wrong answer to \`${call.code}\`, so its time cannot be compared: expected ` +
      `${shorten(call.answer)}, got ${shorten(given)}`,
  );
}

async function answerOf(
  guest: object,
  call: GuestCall,
): Promise<GuestCall['answer'] | { readonly thrown: string }> {
  const { setup = '', code } = call;
  const text = `{ let last; ${setup} ${code} return last; }`;
  const run = functionOf(call, guest, (keyword) => `return ${keyword} run() ${text};`) as () => unknown;
  try {
    return { value: await run() };
  } catch (error) {
    return typeof error === 'object' && error !== null && 'payload' in error
      ? { payload: error.payload }
      : { thrown: String(error) };
  }
}

/** The JavaScript mapping treats an absent field and a field that is `undefined` alike. */
function withoutUndefinedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefinedFields);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, withoutUndefinedFields(field)]),
  );
}

function shorten(value: unknown): string {
  return inspect(value, { maxStringLength: 60, maxArrayLength: 5, breakLength: Infinity });
}
