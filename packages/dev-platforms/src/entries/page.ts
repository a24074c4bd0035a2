/** The test file for a web page. The server offers the components beside it; the report goes to the console. */
import { runAllCases } from '../suite/run-cases.ts';

await runAllCases({
  async load(name) {
    const response = await fetch(`./${name.replace('/', '.')}.wasm`);
    return response.ok ? { bytes: new Uint8Array(await response.arrayBuffer()) } : undefined;
  },
  report: (line) => console.log(JSON.stringify(line)),
});
