import { Fuel } from '@wit-ts/runtime';
import { type Grants, run } from '@wit-ts/wasi';
import { equal, throws } from '../../expect.ts';
import type { CaseContext, PlatformNeed } from '../../platform-case.ts';
import { compilesAtRunTime } from '../../platform-features.ts';
import { collected } from './run-granted.ts';
import { wasiGroup } from './wasi-group.ts';

/** A program is rewritten to count its work, and compiled after that. */
const compilation: PlatformNeed = {
  isThere: compilesAtRunTime,
  otherwise: async (context) => {
    const program = await context.program('hello-env');
    const limits = { fuel: 1_000_000 };
    await throws(
      () => run(program, {}, { limits }),
      'TypeError',
      /^a core module that is compiled already cannot/u,
    );
  },
};

async function used(context: CaseContext, name: string, grants: Grants): Promise<number> {
  const { bytes } = await context.source(name);
  const fuel = new Fuel(1_000_000);
  const options = { ...context.options, limits: { fuel } };
  const { end } = await collected(grants, (given) => run(bytes, given, options));
  equal(end, 0);
  return fuel.used;
}

const clocks = { wall: 0n, monotonic: 0n };

export const programFuel = wasiGroup('fuel', [
  {
    name: 'a program of preview 1 uses the same amount everywhere',
    needs: compilation,
    run: async (context) => equal(await used(context, 'hello-env', { env: { NAME: 'Ada' } }), 4475),
  },
  {
    name: 'a command of 0.2 uses the same amount everywhere',
    needs: compilation,
    run: async (context) => {
      const grants = { env: { GREETING: 'hi' }, clocks, random: { seed: 7n } };
      equal(await used(context, 'wasi-command', grants), 62_201);
    },
  },
  {
    name: 'a command of 0.3 uses the same amount everywhere',
    needs: compilation,
    run: async (context) => equal(await used(context, 'sleepers', { clocks }), 11_835),
  },
  {
    name: 'a program that uses up its fuel ends with the same trap everywhere',
    needs: compilation,
    run: async (context) => {
      const { bytes } = await context.source('hello-env');
      await throws(
        () => run(bytes, {}, { limits: { fuel: 1000 } }),
        'Trap',
        /^out of fuel: 1010 operators are used, more than the limit of 1000,/u,
      );
    },
  },
]);
