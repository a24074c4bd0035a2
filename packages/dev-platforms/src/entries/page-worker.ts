/** The test file for a dedicated worker of a web page. The page receives the report. */
import staticModules from './static-modules.worker.js';
import { runAllCases } from '../suite/run-cases.ts';
import { loadBeside } from './load-beside.ts';

await runAllCases({
  load: loadBeside,
  staticModules,
  outside: location.origin,
  report: (line) => (postMessage as (message: string) => void)(JSON.stringify(line)),
});
