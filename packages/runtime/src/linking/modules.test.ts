import { describe, expect, it } from 'vitest';
import { thrown } from '../fixtures/components.ts';
import { bytesOf, lab } from '../fixtures/linking.ts';
import { compile, instantiateSync, LinkError } from '../index.ts';

const plusOne = (x: number): number => x + 1;

/** The same module without the bytes that the runtime knows it by. */
const unknown = (module: WebAssembly.Module): WebAssembly.Module => structuredClone(module);

describe('an imported core module', async () => {
  const user = await compile(bytesOf('module-user'));
  const { calls, callsMore, callsOtherwise, answerModule } = await lab();
  const use = (someModule: unknown) => instantiateSync(user, { someModule, f: plusOne });

  it('has what its type says, and is what an export gave', () => {
    for (const module of [calls, unknown(calls)]) {
      const instance = use(module);
      expect(instance['g'](1)).toBe(2);
      expect(instance['someModuleAgain']).toBe(module);
    }
  });

  it.each<[string, WebAssembly.Module, string]>([
    ['misses an export', answerModule, 'core export `g`: it is missing'],
    [
      'imports more, and exports something else',
      unknown(callsMore),
      'core import `env` `h`: the module needs it, but its type does not say so; core export `g`: expected a func, found a memory',
    ],
    [
      'has another signature',
      callsOtherwise,
      'core import `env` `f`: expected [i64] -> [i32], found [i32] -> [i32]',
    ],
  ])('that %s is refused, with the reason', (_, module, reason) => {
    const error = thrown(() => use(module));
    expect(error).toBeInstanceOf(LinkError);
    expect(error.message).toContain(
      `some-module: expected a core module of the type that is imported, got one of another type\n    ${reason}`,
    );
  });

  it('is told with all else that is missing', () => {
    const { problems } = thrown(() => instantiateSync(user, { someModule: 5 })) as LinkError;
    expect(problems.map(({ path, given }) => [...path, given])).toEqual([
      ['some-module', 'a number'],
      ['f', 'nothing'],
    ]);
  });
});
