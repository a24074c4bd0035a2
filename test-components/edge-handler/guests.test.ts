import { ComponentError, instantiate } from '@wit-ts/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { edgeGuest, guestLanguages } from './fixtures/guests.ts';

interface EdgeHandler {
  handleRequest(request: string): string;
}

interface Metadata {
  readonly id: bigint;
  readonly tags: readonly string[];
}

const imports = {
  'example:service/processor': {
    processData(input: string, { id, tags }: Metadata): string {
      if (tags.includes('refused')) throw new ComponentError(`not ${input}`);
      return `${input} ${id} ${tags.join('+')}`;
    },
  },
};

for (const { language, absent, why } of guestLanguages) {
  describe.skipIf(absent)(`the guest in ${language}${why}`, () => {
    let handleRequest: EdgeHandler['handleRequest'];

    beforeAll(async () => {
      ({ handleRequest } = await instantiate<EdgeHandler>(await edgeGuest(language), imports));
    }, 240_000);

    it.each([
      ['hello edge', 'ok: hello edge 10 hello+edge'],
      ['', 'ok:  0 '],
      ['  two   words ', 'ok:   two   words  14 two+words'],
      ['Grüße, Wörld 🌍', 'ok: Grüße, Wörld 🌍 14 Grüße,+Wörld+🌍'],
    ])('answers %j with the number of characters and the words', (request, answer) => {
      expect(handleRequest(request)).toBe(answer);
    });

    it('returns the message of an err', () => {
      expect(handleRequest('to be refused')).toBe('err: not to be refused');
    });

    it('answers requests that are larger than its initial memory', () => {
      const request = 'x '.repeat(10_000);
      for (let i = 0; i < 5; i++) expect(handleRequest(request)).toHaveLength(4 + 20_000 + 7 + 19_999);
    });
  });
}
