import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Component, compile, instantiate } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { schedulesComponent } from './component.ts';
import { MAX_OPERANDS, OWN_OPERATIONS, topology } from './topology.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Lets a guest suspend its stack for ever, and lets the component trap. Returns the host of the component. */
async function trapped(component: Component): Promise<WeakRef<object>> {
  const suspend =
    OWN_OPERATIONS.length + topology.builtins.findIndex(({ name }) => name === 'thread.suspend');
  let isTrapping = false;
  const host: Record<string, (...args: readonly unknown[]) => unknown> = {
    enter: () => {
      if (isTrapping) throw new Error('trap');
      return 0;
    },
    next: () => Array.from({ length: 1 + MAX_OPERANDS }, (_, index) => (index === 0 ? suspend : 0)),
  };
  for (const [index] of topology.hostFunctions.entries()) host[`h${index}`] = () => undefined;
  const { a } = (await instantiate(component, { host })) as {
    readonly a: Readonly<Record<string, () => Promise<void>>>;
  };
  // `expect` would keep the promises.
  const first = a['f0']!().catch(String);
  await setImmediate();
  isTrapping = true;
  await a['f1']!().catch(String);
  expect(await first).toContain('trap');
  return new WeakRef(host['enter']!);
}

/** How many components trap. The platform may keep what it used last. */
const COMPONENTS = 12;

describe.skipIf(!('Suspending' in WebAssembly))('components that have trapped', () => {
  it('do not stay in memory because of their suspended stacks', async () => {
    const component = await compile(await schedulesComponent());
    const hosts: WeakRef<object>[] = [];
    for (let index = 0; index < COMPONENTS; index += 1) hosts.push(await trapped(component));
    const alive = (): number => hosts.filter((host) => host.deref() !== undefined).length;
    for (let turns = 0; turns < 20 && alive() > COMPONENTS / 4; turns += 1) {
      await setImmediate();
      collectGarbage();
    }
    expect(alive()).toBeLessThanOrEqual(COMPONENTS / 4);
  });
});
