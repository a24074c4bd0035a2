import { Counter } from '$root';
import note from 'note';
import type { TypedGuestExports } from 'example:typed-guest/typed-guest';

const sleep = (): Promise<void> => Promise.resolve();

function isRefusal(error: unknown): error is { readonly payload: string } {
  return (
    typeof error === 'object' && error !== null && 'payload' in error && typeof error.payload === 'string'
  );
}

export const count: TypedGuestExports['count'] = async (text) => {
  if (text === '') throw 'no words';
  if (text === 'fail') throw new TypeError('not an err, so the call traps');
  await sleep();
  using words = new Counter(0);
  try {
    for (const word of text.split(' ')) if (word !== '') words.add(1);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    note(`an Error: ${error instanceof Error}`);
    throw { payload: `too many words: ${error.payload}` };
  }
  note(`counted ${text}`);
  using sum = Counter.merge(words, new Counter(0));
  return sum.add(0);
};

({ count }) satisfies TypedGuestExports;
