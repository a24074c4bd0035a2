/** A page: the components stand beside it. What is reported goes to the console. */
import { run } from '../suite/suite.ts';

await run({
  async load(name) {
    const response = await fetch(`./${name.replace('/', '.')}.wasm`);
    return response.ok ? { bytes: new Uint8Array(await response.arrayBuffer()) } : undefined;
  },
  report: (line) => console.log(JSON.stringify(line)),
});
