import { ComponentError } from '@wit-ts/runtime';
import type { PlatformCase } from '../platform-case.ts';
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

/** One host runs guests in four languages, which must all give the same answers. */
export const edgeHandler: readonly PlatformCase[] = ['wat', 'rust', 'c', 'js'].map(
  (language): PlatformCase => ({
    name: `the edge-handler guest in ${language} gives the expected answers`,
    requiredComponent: `edge-handler/${language}`,
    run: async (context) => {
      const [first, second] = [
        await context.instance<EdgeHandler>(`edge-handler/${language}`, imports),
        await context.instance<EdgeHandler>(`edge-handler/${language}`, imports),
      ];
      for (const [request, answer] of answers) {
        equal(first.handleRequest(request), answer, JSON.stringify(request).slice(0, 40));
        equal(second.handleRequest(request), answer, 'the second instance');
      }
    },
  }),
);
