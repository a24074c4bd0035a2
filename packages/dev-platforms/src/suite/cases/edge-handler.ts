import { ComponentError } from '@wit-ts/runtime';
import type { Case } from '../case.ts';
import { equal } from '../expect.ts';

interface EdgeHandler {
  handleRequest(request: string): string;
}

const imports = {
  'example:service/processor': {
    processData(input: string, meta: { readonly id: bigint; readonly tags: readonly string[] }): string {
      if (input === '') throw new ComponentError('Input cannot be empty');
      return `${meta.id} ${input.toUpperCase()} ${meta.tags.join('+')}`;
    },
  },
};

const long = 'one two three'.repeat(500);

const answers: readonly (readonly [request: string, answer: string])[] = [
  ['hello edge', 'ok: 10 HELLO EDGE hello+edge'],
  ['Grüße, Wörld 🌍', 'ok: 14 GRÜSSE, WÖRLD 🌍 Grüße,+Wörld+🌍'],
  ['', 'err: Input cannot be empty'],
  ['a', 'ok: 1 A a'],
  [long, `ok: 6500 ${long.toUpperCase()} ${long.replaceAll(' ', '+')}`],
];

/** One host, guests in four languages, the same answers. */
export const edgeHandler: readonly Case[] = ['wat', 'rust', 'c', 'js'].map((language): Case => ({
  name: `edge-handler in ${language}`,
  needs: `edge-handler/${language}`,
  run: async (bench) => {
    const [first, second] = [
      await bench.instance<EdgeHandler>(`edge-handler/${language}`, imports),
      await bench.instance<EdgeHandler>(`edge-handler/${language}`, imports),
    ];
    for (const [request, answer] of answers) {
      equal(first.handleRequest(request), answer, JSON.stringify(request).slice(0, 40));
      equal(second.handleRequest(request), answer, 'the other instance');
    }
  },
}));
