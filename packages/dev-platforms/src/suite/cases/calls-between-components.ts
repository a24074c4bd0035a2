import type { PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';
import { compilesAtRunTime } from '../platform-features.ts';

interface Exports {
  started(): number;
  callPlain(a: number, b: number): number;
  callGuarded(a: number, b: number): number;
  callCrash(): void;
  catchThrown(): number;
  arm(what: number): void;
  echo(text: string): string;
  callAsk(a: number): number;
  callAskIf(a: boolean): number;
}

const host = { ask: (a: number): number => a };
const refusing = {
  ask: (): never => {
    throw new RangeError('no answer');
  },
};

/** Calls that pass numbers from one component to another inside the same component. */
export const componentCallCases: readonly PlatformCase[] = [
  {
    name: 'components pass numbers to each other',
    catchesExceptions: true,
    run: async (context) => {
      const { started, callPlain, callGuarded, callAsk } = await context.instance<Exports>('direct', host);
      equal([started(), callPlain(40, 2), callGuarded(2 ** 32 - 1, 2), callAsk(7)], [42, 42, 1, 7]);
    },
  },
  {
    name: 'an error inside a component names its origin, and no guest can catch it',
    catchesExceptions: true,
    run: async (context) => {
      const threw = /^ask: the host's function threw: no answer \(called by the component › asker\)$/u;
      const one = await context.instance<Exports>('direct', refusing);
      await throws(() => one.callAsk(1), 'Trap', threw);
      const other = await context.instance<Exports>('direct', refusing);
      await throws(() => other.callAskIf(true), 'Trap', threw);
      const crashing = await context.instance<Exports>('direct', host);
      await throws(() => crashing.callCrash(), 'Trap', /unreachable/iu);
      await throws(() => crashing.callPlain(1, 1), 'Trap', /cannot enter component instance/u);
      // A guest can catch an exception. The runtime raises a real trap only if it can compile a module that traps.
      if (!compilesAtRunTime()) return;
      const throwing = await context.instance<Exports>('direct', host);
      await throws(() => throwing.catchThrown(), 'Trap', /an exception left the component/u);
    },
  },
  {
    name: 'components cannot call each other while they may not be left',
    catchesExceptions: true,
    run: async (context) => {
      for (const what of [1, 2]) {
        const { arm, echo } = await context.instance<Exports>('direct', host);
        equal(echo('free'), 'free');
        arm(what);
        await throws(() => echo('busy'), 'Trap', /cannot leave component instance/u);
      }
    },
  },
];
