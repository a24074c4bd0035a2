import type { Case } from '../case.ts';
import { equal } from '../expect.ts';

interface Exports {
  grow(pages: number): number;
  pages(): number;
}

const imports = {
  'test:limits/tokens': {
    Token: class {
      readonly value = 1;
    },
  },
};

export const limits: readonly Case[] = [
  {
    name: 'memory grows where nothing forbids it',
    run: async (bench) => {
      const { grow, pages } = await bench.instance<Exports>('limits', imports);
      equal([grow(3), pages()], [1, 4]);
    },
  },
];
