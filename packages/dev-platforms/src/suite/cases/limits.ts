import { instantiate } from '@wit-ts/runtime';
import type { PlatformCase } from '../platform-case.ts';
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

export const limitCases: readonly PlatformCase[] = [
  {
    name: 'memory grows when no limit is set',
    run: async (context) => {
      const { grow, pages } = await context.instance<Exports>('limits', imports);
      equal([grow(3), pages()], [1, 4]);
    },
  },
  {
    name: 'a limit of memory',
    run: async (context) => {
      const { bytes, modules } = await context.source('limits');
      // On such platforms the limits must be part of the modules that were compiled before.
      if (modules !== undefined) return;
      const given = { ...context.options, limits: { memoryBytes: 2 * page } };
      const { grow } = await instantiate<Exports>(bytes, imports, given);
      equal([grow(1), grow(1)], [1, -1]);
    },
  },
  {
    name: 'limits of handles and values',
    run: async (context) => {
      const given = { limits: { handles: 3, valueBytes: 10 } };
      const first = await context.instance<Exports>('limits', imports, given);
      equal(first.text(10).length, 10);
      await throws(() => first.text(11), 'Trap', /a string or list of 11 bytes exceeds the limit/u);
      const second = await context.instance<Exports>('limits', imports, given);
      second.hoard(3);
      await throws(() => second.hoard(1), 'Trap', /the handle table is full: it holds 3/u);
    },
  },
];
