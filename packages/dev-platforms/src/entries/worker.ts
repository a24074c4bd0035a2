/** workerd: `components.js` is written by the runner, for wasm is compiled when the worker is deployed. */
import components from './components.js';
import { run } from '../suite/suite.ts';

export default {
  async test(): Promise<void> {
    await run({
      load: async (name) => {
        const found = components[name];
        return found === undefined
          ? undefined
          : { bytes: new Uint8Array(found.bytes), modules: found.modules };
      },
      report: (line) => console.log(JSON.stringify(line)),
    });
  },
};
