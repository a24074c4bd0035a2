import type { PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';

interface Exports {
  pass(text: string): string;
  crash(text: string): void;
}

export const nestedComponents: readonly PlatformCase[] = [
  {
    name: 'a component calls another one inside the same component',
    run: async (context) => {
      const log: string[] = [];
      const { pass, crash } = await context.instance<Exports>('nested', {
        'test:nested/log': { write: (line: string) => void log.push(line) },
      });
      equal(pass('Grüße 🌍'), 'Grüße 🌍');
      equal(log, ['Grüße 🌍', 'Grüße 🌍']);
      await throws(() => crash('x'), 'Trap', /unreachable/iu);
      await throws(() => pass('x'), 'Trap', /cannot enter component instance/u);
    },
  },
];
