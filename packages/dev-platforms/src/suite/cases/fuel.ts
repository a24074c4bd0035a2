import { compile, Fuel, instantiate, instantiateSync } from '@wit-ts/runtime';
import { equal, throws } from '../expect.ts';
import type { PlatformCase } from '../platform-case.ts';

interface Work {
  recur(depth: number): number;
  tick(): void;
  twice(turns: number): void;
  inside(turns: number): void;
  fill(bytes: number): void;
  catching(): void;
}

const ticked = (): void => {};

export const fuelCases: readonly PlatformCase[] = [
  {
    name: 'fuel: the same count everywhere',
    catchesExceptions: true,
    run: async (context) => {
      const { bytes, modules } = await context.source('fuel');
      // On such platforms the charges must be part of the modules that were compiled before.
      if (modules !== undefined) return;
      const fuel = new Fuel(1_000_000);
      const given = { ...context.options, limits: { fuel } };
      const work = await instantiate<Work>(bytes, { ticked }, given);
      const used = (run: () => unknown): number => {
        const before = fuel.used;
        run();
        return fuel.used - before;
      };
      const counts = [
        used(() => work.recur(10)),
        used(() => work.twice(100)),
        used(() => work.inside(100)),
        used(() => work.fill(1000)),
      ];
      equal(counts, [94, 1007, 504, 1005]);
    },
  },
  {
    name: 'fuel: a loop stops at the exact count, also inside `catch_all`',
    catchesExceptions: true,
    run: async (context) => {
      const { bytes, modules } = await context.source('fuel');
      if (modules !== undefined) return;
      const component = await compile(bytes, { ...context.options, limits: { fuel: 1000 } });
      let ticks = 0;
      const counting = instantiateSync<Work>(component, { ticked: () => void (ticks += 1) });
      await throws(() => counting.tick(), 'Trap', /^out of fuel: 999 of 1000 operators are used/u);
      equal(ticks, 499);
      const catching = instantiateSync<Work>(component, { ticked });
      await throws(() => catching.catching(), 'Trap', /^out of fuel: 1000 of 1000 operators are used/u);
    },
  },
];
