import { thrown } from '@wit-ts/dev-support/thrown';
import { decode } from '@wit-ts/component';
import { plan } from '@wit-ts/plan';
import { directCalls } from '@wit-ts/plan/direct';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, instantiate, Trap } from '../index.ts';

interface Direct {
  started(): number;
  callPlain(a: number, b: number): number;
  callWide(a: bigint, b: number, c: number, d: bigint): number;
  callGuarded(a: number, b: number): number;
  callCrash(): void;
  catchThrown(): number;
  arm(step: number): void;
  echo(text: string): string;
  callFamily(a: number): number;
  callAsk(a: number): number;
  callAskIf(a: boolean): number;
}

const bytes = await built('direct');
const host = { ask: (a: number): number => a };

/** Returns how the direct calls are made, by the name that the callee gives the function. */
function directCallsOf(component: Uint8Array): Map<string, string[]> {
  const flat = plan(decode(component));
  const names = new Map<string, string[]>();
  for (const [index, how] of directCalls(flat)) {
    const lower = flat.trampolines[index]!;
    const name = lower.tag === 'lower' && lower.func.tag === 'lift' ? flat.lifts[lower.func.index]!.name : '';
    names.set(name, [...(names.get(name) ?? []), how].toSorted());
  }
  return names;
}

describe('calls between components that core wasm makes directly', () => {
  it('are those for which the specification requires no further steps', () => {
    expect(directCallsOf(bytes)).toEqual(
      new Map([
        ['add', ['guarded', 'plain']],
        ['wide', ['plain']],
        ['crash', ['plain']],
        // A child that calls its parent enters no instance. The call in the other direction is not direct, because it
        // could lead back to the parent.
        ['', ['plain']],
        ['ask', ['plain']],
      ]),
    );
  });

  it('do not pass values through a memory', async () => {
    expect(directCallsOf(await built('nested'))).toEqual(new Map());
    expect(directCallsOf(await built('bench-pair'))).toEqual(new Map([['add', ['guarded', 'plain']]]));
  });
});

describe.each([
  ['compile', {}],
  ['reference', {}],
  ['compile', { trace: () => undefined }],
] as const)('calls of numbers between components (%s, %o)', (engine, options) => {
  const made = async (ask: (a: number) => unknown = host.ask): Promise<Direct> =>
    instantiate<Direct>(bytes, { ask }, { engine, ...options });

  it('return the result of the callee', async () => {
    const direct = await made();
    expect(direct.started()).toBe(42);
    expect(direct.callPlain(2 ** 32 - 1, 1)).toBe(0);
    expect(direct.callPlain(2 ** 31, 1)).toBe(2 ** 31 + 1);
    expect(direct.callWide(-(2n ** 40n), 0.5, 0.25, 2n ** 40n)).toBe(0.75);
    expect(direct.callWide(0n, 0, 0, 2n ** 64n - 1n)).toBe(2 ** 64);
    expect(direct.callGuarded(40, 2)).toBe(42);
    expect(direct.callFamily(1)).toBe(4);
    expect(direct.callAsk(7)).toBe(7);
    expect(direct.callAskIf(true)).toBe(1);
    expect(direct.echo('ä🦊')).toBe('ä🦊');
  });

  it('close both components when the callee traps', async () => {
    const { callCrash, callPlain, callGuarded } = await made();
    expect(thrown(callCrash)).toBeInstanceOf(Trap);
    expect(thrown(callCrash).message).toMatch(
      /^cannot enter component instance: it failed before: wasm trap: unreach/u,
    );
    expect(String(thrown(() => callPlain(1, 1)))).toContain('cannot enter component instance');
    expect(String(thrown(() => callGuarded(1, 1)))).toContain('cannot enter component instance');
  });

  it('trap when the callee throws, and the caller cannot catch that', async () => {
    const { catchThrown } = await made();
    const trap = thrown(catchThrown);
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toMatch(
      /^an exception left the component: .* \(running `throw` of the component › thrower\)$/u,
    );
  });

  it.each(['callAsk', 'callAskIf'] as const)(
    'report the fault of a host function that the callee called: %s',
    async (name) => {
      const call = async (ask: () => unknown): Promise<Error & { readonly cause?: unknown }> => {
        const direct = await made(ask);
        const error = thrown(() => (direct[name] as (a: unknown) => number)(name === 'callAsk' ? 1 : true));
        expect(String(thrown(() => direct.callPlain(1, 1)))).toContain(`it failed before: ${error.message}`);
        return error;
      };
      const fault = new RangeError('no answer');
      const trap = await call(() => {
        throw fault;
      });
      expect(trap).toBeInstanceOf(Trap);
      expect(trap.message).toBe(
        "ask: the host's function threw: no answer (called by the component › asker)",
      );
      expect(trap.cause).toBe(fault);
      const wrongResult = await call(() => 2 ** 32);
      expect(wrongResult).toBeInstanceOf(TypeError);
      expect(wrongResult.message).toContain('ask: result: expected u32, got 4294967296');
    },
  );

  it.each([
    ['realloc', 1],
    ['post-return', 2],
  ])('trap in %s', async (_, step) => {
    const direct = await made();
    expect(direct.echo('free')).toBe('free');
    direct.arm(step);
    expect(direct.callGuarded(1, 2)).toBe(3);
    const trap = thrown(() => direct.echo('busy'));
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toMatch(/^cannot leave component instance \(.*`add`/u);
    expect(trap.message).toContain('component › guarded');
  });
});

describe.each([{}, { trace: () => undefined }])('the parent of two components (%o)', (options) => {
  it('prevents calls of one from outside while the other runs', async () => {
    type Siblings = Record<'ask' | 'call', () => number>;
    const { ask, call } = await instantiate<Siblings>(await built('direct/siblings'), {}, options);
    expect(call()).toBe(5);
    expect(thrown(ask).message).toContain('cannot enter component instance: it is running');
  });
});

describe('instances of one component', () => {
  it('have separate guards', async () => {
    const component = await compile(bytes);
    const [one, other] = [
      await instantiate<Direct>(component, host),
      await instantiate<Direct>(component, host),
    ];
    one.arm(1);
    thrown(() => one.echo('busy'));
    expect(other.callGuarded(1, 2)).toBe(3);
    expect(other.echo('free')).toBe('free');
  });
});
