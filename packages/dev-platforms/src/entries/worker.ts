/**
 * The test file for workerd. The runner writes `components.js`, because WebAssembly is compiled when the worker is
 * deployed.
 */
import components from './components.js';
import staticModules from './static-modules.workerd.js';
import { runAllCases } from '../suite/run-cases.ts';

export default {
  async test(_: unknown, { outside }: { readonly outside: string }): Promise<void> {
    await runAllCases({
      load: async (name) => {
        const found = components[name];
        return found === undefined
          ? undefined
          : { bytes: new Uint8Array(found.bytes), modules: found.modules, stacks: found.stacks };
      },
      staticModules,
      outside,
      report: (line) => console.log(JSON.stringify(line)),
    });
  },
};
