/** The test file for a web page. The server offers the components beside it; the report goes to the console. */
import staticModules from './static-modules.browser.js';
import { runAllCases } from '../suite/run-cases.ts';
import { loadBeside } from './load-beside.ts';

await runAllCases({
  load: loadBeside,
  staticModules,
  outside: location.origin,
  report: (line) => console.log(JSON.stringify(line)),
});
