import { decode } from '@wit-ts/component/binary';
import { plan } from '@wit-ts/plan';
import { directCalls } from '@wit-ts/plan/direct';
import { describe, expect, it } from 'vitest';
import { built, thrown } from '../fixtures/components.ts';
import { compile, instantiate, Trap } from '../index.ts';

interface Direct {
  started(): number;
  callPlain(a: number, b: number): number;
  callWide(a: bigint, b: number, c: number, d: bigint): number;
  callGuarded(a: number, b: number): number;
  callCrash(): void;
  catchThrown(): number;
  arm(what: number): void;
  echo(text: string): string;
  callFamily(a: number): number;
  callAsk(a: number): number;
  callAskIf(a: boolean): number;
}

const bytes = await built('direct');
const host = { ask: (a: number): number => a };

/** The calls that are direct, by the callee's name for the function, and how. */
function found(component: Uint8Array): Map<string, string[]> {
  const flat = plan(decode(component));
  const names = new Map<string, string[]>();
  for (const [index, how] of directCalls(flat)) {
    const lower = flat.trampolines[index]!;
    const name = lower.tag === 'lower' && lower.func.tag === 'lift' ? flat.lifts[lower.func.index]!.name : '';
    names.set(name, [...(names.get(name) ?? []), how].toSorted());
  }
  return names;
}

describe('calls between components that core wasm makes', () => {
  it('are those in which the specification asks for nothing more', () => {
    expect(found(bytes)).toEqual(
      new Map([
        ['add', ['guarded', 'plain']],
        ['wide', ['plain']],
        ['crash', ['plain']],
        // From a child to its parent, which enters nothing. The parent's call of the child could lead to it again.
        ['', ['plain']],
        ['ask', ['plain']],
      ]),
    );
  });

  it('are none with a memory in between', async () => {
    expect(found(await built('nested'))).toEqual(new Map());
    expect(found(await built('bench-pair'))).toEqual(new Map([['add', ['guarded', 'plain']]]));
  });
});

describe.each([
  ['compile', {}],
  ['reference', {}],
  ['compile', { trace: () => undefined }],
] as const)('calls of numbers between components (%s, %o)', (engine, options) => {
  const made = async (ask: (a: number) => unknown = host.ask): Promise<Direct> =>
    instantiate<Direct>(bytes, { ask }, { engine, ...options });

  it('give what the callee gives', async () => {
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

  it('close both components by a trap', async () => {
    const { callCrash, callPlain, callGuarded } = await made();
    expect(thrown(callCrash)).toBeInstanceOf(Trap);
    expect(thrown(callCrash).message).toMatch(
      /^cannot enter component instance: it failed before: wasm trap: unreach/u,
    );
    expect(String(thrown(() => callPlain(1, 1)))).toContain('cannot enter component instance');
    expect(String(thrown(() => callGuarded(1, 1)))).toContain('cannot enter component instance');
  });

  it('are traps where the callee throws, which the caller cannot catch', async () => {
    const { catchThrown } = await made();
    const trap = thrown(catchThrown);
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toMatch(
      /^an exception left the component: .* \(running `throw` of component › thrower\)$/u,
    );
  });

  it.each(['callAsk', 'callAskIf'] as const)('tell from within what the host did: %s', async (name) => {
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
    expect(trap.message).toBe("ask: the host's function threw: no answer (called by component › asker)");
    expect(trap.cause).toBe(fault);
    const misfit = await call(() => 2 ** 32);
    expect(misfit).toBeInstanceOf(TypeError);
    expect(misfit.message).toContain('ask: result: expected u32, got 4294967296');
  });

  it.each([
    ['realloc', 1],
    ['post-return', 2],
  ])('may not be made in %s', async (_, what) => {
    const direct = await made();
    expect(direct.echo('free')).toBe('free');
    direct.arm(what);
    expect(direct.callGuarded(1, 2)).toBe(3);
    const trap = thrown(() => direct.echo('busy'));
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toMatch(/^cannot leave component instance \(.*`add`/u);
    expect(trap.message).toContain('component › guarded');
  });
});

describe.each([{}, { trace: () => undefined }])('what is around two components (%o)', (options) => {
  it('is entered once: one that runs in it keeps out calls of the other from outside', async () => {
    type Siblings = Record<'ask' | 'call', () => number>;
    const { ask, call } = await instantiate<Siblings>(await built('direct/siblings'), {}, options);
    expect(call()).toBe(5);
    expect(thrown(ask).message).toContain('cannot enter component instance: it is running');
  });
});

describe('instances of one component', () => {
  it('have guards of their own', async () => {
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
