/**
 * `pnpm bench:tenants [COUNT]`: the time and memory of each of COUNT tenants in one process. A tenant is an instance of
 * one compiled component, with its own file system, memory limit and fuel. One more tenant is hostile.
 */
import { compile } from '@wit-ts/runtime';
import { testComponent } from '../test-component.ts';
import { askEach, provoke, startTenant, tenantLimits } from './tenants.ts';

const count = Number(process.argv[2] ?? 10_000);
const limits = tenantLimits();
const notes = await compile(await testComponent('plugin-host/built/notes.wasm'), { limits });
const hostile = await compile(await testComponent('plugin-host/built/hostile.wasm'), { limits });
// The first instance also emits the code that all later ones share.
const warm = await startTenant(notes);
await askEach([warm], () => '');
warm.close();

const before = memory();
const started = performance.now();
const tenants = [];
for (let index = 0; index < count; index++) tenants.push(await startTenant(notes));
const made = performance.now();
let wrong = await askEach(tenants, (index) => `tenant ${index}\n`);
const asked = performance.now();
const after = memory();
const endings = await provoke(hostile);
const again = performance.now();
wrong += await askEach(tenants, (index) => `tenant ${index}\n`.repeat(2));
const ended = performance.now();

const each = (milliseconds: number): string => `${((milliseconds * 1000) / count).toFixed(0)} µs`;
const size = (bytes: number): string => `${(bytes / count / 1024).toFixed(1)} KiB`;
process.stdout.write(`${count.toLocaleString('en')} tenants of one component; for each:
  start         ${each(made - started)}
  first call    ${each(asked - made)}, which appends to a file and reads it
  second call   ${each(ended - again)}, after the hostile tenant
  memory        ${size(after.resident - before.resident)} resident, ${size(after.heap - before.heap)} of it in the JavaScript heap
wrong answers   ${wrong}
the hostile tenant:
${Object.entries(endings)
  .map(([attempt, ending]) => `  ${attempt.padEnd(18)} ${ending}\n`)
  .join('')}`);
process.exitCode = wrong === 0 ? 0 : 1;

function memory(): { readonly resident: number; readonly heap: number } {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { resident: rss, heap: heapUsed };
}
