import { describe, expect, it } from 'vitest';
import { meterModule } from '@wit-ts/component/fuel';
import { built } from './fixtures/components.ts';
import { compile, componentModules, Fuel, instantiate, instantiateSync, Trap } from './index.ts';

interface Guest {
  spin(turns: number): void;
  recur(depth: number): number;
  tick(): void;
  endless(): void;
  catching(): void;
  twice(turns: number): void;
  inside(turns: number): void;
  fill(bytes: number): void;
  crash(turns: number): number;
}

const bytes = await built('fuel');
const imports = { ticked: () => undefined };

async function guestWith(fuel: number | Fuel, ticked = () => {}): Promise<Guest> {
  return instantiate<Guest>(bytes, { ticked }, { limits: { fuel } });
}

function trapOf(run: () => unknown): Trap {
  try {
    run();
  } catch (error) {
    if (error instanceof Trap) return error;
    throw error;
  }
  throw new Error('the call did not trap');
}

describe('fuel', () => {
  it.each<[string, number, (guest: Guest) => unknown]>([
    ['a loop', 1 + 5 * 100, (guest) => guest.spin(100)],
    // Each call costs 1, `local.get` and `if`; then there are six operators, or one in the last call.
    // The last branch is not tested, so another call follows.
    ['recursion', 10 * (3 + 6) + 3 + 1 + 6, (guest) => (guest.recur(10), guest.spin(1))],
    ['calls of another core module', 1 + 4 + 2 * (1 + 5 * 100), (guest) => guest.twice(100)],
    ['a call of another component', 1 + 2 + 1 + 5 * 100, (guest) => guest.inside(100)],
    ['a bulk operator', 1 + 4 + 1000, (guest) => guest.fill(1000)],
  ])('counts %s, and covers exactly what it costs', async (_, cost, run) => {
    const fuel = new Fuel(1_000_000);
    run(await guestWith(fuel));
    expect(fuel.used).toBe(cost);
    const enough = new Fuel(cost);
    run(await guestWith(enough));
    expect(enough.used).toBe(cost);
    const short = new Fuel(cost - 1);
    const guest = await guestWith(short);
    expect(trapOf(() => run(guest)).message).toMatch(/out of fuel/u);
    expect(short.used).toBeLessThan(cost);
  });

  it('may be exceeded by code between two tests, which the message says', async () => {
    const fuel = new Fuel(4);
    const guest = await guestWith(fuel);
    // The call costs 3 up to `if`, and the arm costs 6, which the next call tests.
    expect(trapOf(() => guest.recur(10)).message).toBe(
      'out of fuel: 9 operators are used, more than the limit of 4, which is tested at the start of functions and ' +
        'loops; give more with `limits.fuel` (running `recur` of the component)',
    );
    expect(fuel.used).toBe(9);
  });

  it('stops a loop before the turn that is not covered', async () => {
    for (const [limit, turns] of [
      [1, 0],
      [2, 0],
      [3, 1],
      [1000, 499],
      [1001, 500],
    ] as const) {
      const fuel = new Fuel(limit);
      let ticks = 0;
      const guest = await guestWith(fuel, () => (ticks += 1));
      expect(trapOf(() => guest.tick()).message).toBe(
        `out of fuel: ${fuel.used} of ${limit} operators are used, and the next ones need more than what is left; ` +
          'give more with `limits.fuel` (running `tick` of the component)',
      );
      expect({ ticks, used: fuel.used }).toEqual({ ticks: turns, used: 1 + 2 * turns });
    }
  });

  it('ends an endless loop, which no guest can catch', async () => {
    for (const call of ['endless', 'catching'] as const) {
      const fuel = new Fuel(10_000);
      const guest = await guestWith(fuel);
      const trap = trapOf(() => guest[call]());
      expect(trap.code).toBe('out-of-fuel');
      expect(trap.cause).toBeInstanceOf(WebAssembly.RuntimeError);
      expect(fuel.used).toBe(10_000);
      expect(trapOf(() => guest.spin(1)).message).toMatch(
        /cannot enter component instance: it failed before/u,
      );
    }
  });

  it('stays readable after another trap, which keeps its own message', async () => {
    const fuel = new Fuel(10_000);
    const guest = await guestWith(fuel);
    const { message, code } = trapOf(() => guest.crash(10));
    expect(message).toMatch(/^wasm trap: divide by zero/u);
    expect(code).toBe(undefined);
    expect(fuel.used).toBe(1 + 5 + 1 + 5 * 10);
  });

  it('can be read and added in a call', async () => {
    const fuel = new Fuel(100);
    const seen: number[] = [];
    const guest = await guestWith(fuel, () => {
      if (seen.push(fuel.used) <= 3) fuel.add(1);
    });
    trapOf(() => guest.tick());
    expect(seen.slice(0, 3)).toEqual([3, 5, 7]);
    expect(fuel.limit).toBe(103);
    expect(fuel.used).toBe(103);
  });

  it('begins anew with its limit, as often as it is refilled', async () => {
    const fuel = new Fuel(501);
    const guest = await guestWith(fuel);
    for (let count = 0; count < 3; count += 1) {
      guest.spin(100);
      expect(fuel.used).toBe(501);
      fuel.refill();
      expect([fuel.used, fuel.limit]).toEqual([0, 501]);
    }
    expect(trapOf(() => guest.spin(101)).code).toBe('out-of-fuel');
  });

  it('is shared by the instances that get the same one, and a number is for each', async () => {
    const fuel = new Fuel(3 * 501);
    const shared = await compile(bytes, { limits: { fuel } });
    for (let count = 0; count < 3; count += 1) (await instantiate<Guest>(shared, imports)).spin(100);
    const fourth = instantiateSync<Guest>(shared, imports);
    expect(trapOf(() => fourth.spin(1)).message).toMatch(/^out of fuel: 1503 of 1503/u);
    const each = await compile(bytes, { limits: { fuel: 501 } });
    for (let count = 0; count < 4; count += 1) instantiateSync<Guest>(each, imports).spin(100);
  });

  it('explains the trap of the instance whose fuel is empty, and no other', async () => {
    const [first, second] = [await guestWith(10), await guestWith(1000)];
    expect(trapOf(() => first.endless()).message).toMatch(/^out of fuel: 10 of 10/u);
    expect(trapOf(() => second.crash(1)).message).toMatch(/^wasm trap: divide by zero/u);
  });

  it('counts the same together with limits of memory', async () => {
    const fuel = new Fuel(10_000);
    const limits = { fuel, memoryBytes: 65_536 };
    const guest = await instantiate<Guest>(bytes, imports, { limits });
    guest.fill(100);
    guest.twice(10);
    expect(fuel.used).toBe(1 + 4 + 100 + 1 + 4 + 2 * (1 + 50));
  });

  it('needs core modules that count, if they are given', async () => {
    const { modules: plain } = (await compile(bytes)).toTransferable();
    const limits = { fuel: 100 };
    await expect(compile({ bytes, modules: plain }, { limits })).rejects.toThrow(
      /core module 0 does not count its work: compile what `meterModule`/u,
    );
    const modules = componentModules(bytes).map(
      (each) => new WebAssembly.Module(meterModule(each) as BufferSource),
    );
    await expect(compile({ bytes, modules })).rejects.toThrow(/compiled with limits/u);
    await expect(compile({ bytes, modules }, { limits: { memoryBytes: 1e6 } })).rejects.toThrow(
      /core module 0 was compiled to count its work: give `limits.fuel`/u,
    );
    const component = await compile({ bytes, modules }, { limits });
    expect(trapOf(() => instantiateSync<Guest>(component, imports).endless()).message).toMatch(
      /out of fuel/u,
    );
  });

  it.each([-1, 1.5, NaN, 2 ** 53, '5', null])('refuses the amount %s', async (amount) => {
    expect(() => new Fuel(amount as number)).toThrow(/expected a non-negative integer/u);
    expect(() => new Fuel(1).add(amount as number)).toThrow(/expected a non-negative integer/u);
    await expect(guestWith(amount as number)).rejects.toThrow(/limits\.fuel: expected/u);
  });

  it('refuses an amount with which the limit is too large', () => {
    const fuel = new Fuel(Number.MAX_SAFE_INTEGER);
    expect(() => fuel.add(1)).toThrow(TypeError);
    expect(fuel.limit).toBe(Number.MAX_SAFE_INTEGER);
  });
});
