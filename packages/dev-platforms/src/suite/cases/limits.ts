import { instantiate } from '@wit-ts/runtime';
import type { Case } from '../case.ts';
import { equal, throws } from '../expect.ts';

interface Exports {
  grow(pages: number): number;
  pages(): number;
  hoard(count: number): void;
  text(bytes: number): string;
}

const imports = {
  'test:limits/tokens': {
    Token: class {
      readonly made = true;
    },
  },
};

const page = 65_536;

export const limits: readonly Case[] = [
  {
    name: 'memory grows where nothing forbids it',
    run: async (bench) => {
      const { grow, pages } = await bench.instance<Exports>('limits', imports);
      equal([grow(3), pages()], [1, 4]);
    },
  },
  {
    name: 'limits of memory',
    run: async (bench) => {
      const { bytes, modules } = await bench.source('limits');
      // Where nothing can be compiled the limits must have been compiled in before.
      if (modules !== undefined) return;
      const given = { ...bench.options, limits: { memoryBytes: 2 * page } };
      const { grow } = await instantiate<Exports>(bytes, imports, given);
      equal([grow(1), grow(1)], [1, -1]);
    },
  },
  {
    name: 'limits of handles and values',
    run: async (bench) => {
      const given = { limits: { handles: 3, valueBytes: 10 } };
      const first = await bench.instance<Exports>('limits', imports, given);
      equal(first.text(10).length, 10);
      await throws(() => first.text(11), 'Trap', /a string or list of 11 bytes is longer/u);
      const second = await bench.instance<Exports>('limits', imports, given);
      second.hoard(3);
      await throws(() => second.hoard(1), 'Trap', /the handle table is full: it holds 3/u);
    },
  },
];
