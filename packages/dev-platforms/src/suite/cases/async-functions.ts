import type { PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';

interface Exports {
  now(a: number): Promise<number>;
  later(times: number): Promise<number>;
  check(a: number): Promise<number>;
  wait(): Promise<void>;
  callSync(text: string): Promise<string>;
  callAsync(text: string): Promise<string>;
  context(): number;
}

export const asyncFunctions: readonly PlatformCase[] = [
  {
    name: 'asynchronous functions that do not wait',
    run: async (context) => {
      const guest = await context.instance<Exports>('tasks', { ask: (a: number) => a });
      equal([await guest.now(41), await guest.later(3), await guest.check(5)], [42, 7, 5]);
      equal([await guest.callSync('hällo'), await guest.callAsync('🦊')], ['hällo', '🦊']);
      equal([guest.context(), guest.context()], [0, 42]);
      await throws(() => guest.check(0), 'ComponentError', /refused/u);
      await throws(() => guest.wait(), 'Trap', /tasks that wait/u);
    },
  },
];
