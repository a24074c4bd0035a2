import type { PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';

interface Exports {
  readonly [name: string]: (...args: readonly unknown[]) => unknown;
}

/** The exports that trap, and a pattern that matches the trap's message on all platforms. */
const trappingExports: readonly (readonly [name: string, message: RegExp, ...args: readonly unknown[]])[] = [
  ['crash', /unreachable/iu],
  ['outOfBounds', /out of bounds/iu],
  ['divide', /divi(?:de|sion) by zero/iu, 1, 0],
  ['recurse', /stack|recursion/iu],
  ['farText', /string pointer\/length out of bounds/u],
  ['brokenText', /invalid utf-8/u],
  ['noColor', /invalid variant discriminant/u],
  ['brokenArgument', /invalid utf-8/u],
  ['call', /the host's function threw: no answer/u],
  ['misallocate', /realloc return: beyond end of memory/u, 'text'],
  ['leaveLate', /cannot leave component instance/u],
];

const host = {
  'test:traps/host': {
    call(): void {
      throw new Error('no answer');
    },
    text(): void {},
  },
};

export const traps: readonly PlatformCase[] = trappingExports.map(
  ([name, message, ...args]): PlatformCase => ({
    name: `trap: ${name}`,
    run: async (context) => {
      const exports = await context.instance<Exports>('traps', host);
      const [fine, trap] = [exports['fine']!, exports[name]!];
      equal(fine(), 42);
      await throws(() => trap(...args), 'Trap', message);
      await throws(() => fine(), 'Trap', /cannot enter component instance: it failed before/u);
    },
  }),
);
