import { equal, throws } from '../expect.ts';
import type { PlatformCase } from '../platform-case.ts';

interface Exports {
  handleRequest(request: string): Promise<string>;
}

const isAvailable = 'Suspending' in WebAssembly;

export const suspendedImports: readonly PlatformCase[] = [
  {
    name: 'a synchronous import that returns a promise',
    run: async (context) => {
      const imports = {
        'example:service/processor': {
          processData: (input: string) => (input === 'now' ? input : Promise.resolve(`later ${input}`)),
        },
      };
      const { handleRequest } = await context.instance<Exports>('edge-handler/wat', imports, {
        suspend: true,
      });
      equal(await handleRequest('now'), 'ok: now');
      if (isAvailable)
        equal(await Promise.all([handleRequest('a'), handleRequest('b')]), ['ok: later a', 'ok: later b']);
      else await throws(() => handleRequest('a'), 'Trap', /process-data.*this platform cannot suspend/u);
    },
  },
];
