/**
 * Makes many instances in a new process: `node --expose-gc density-process.ts wit-ts|bare COMPONENT COUNT`. Prints a
 * `Density` as JSON.
 */
import { compile } from '@wit-ts/runtime';
import { firstCoreModule } from '../first-core-module.ts';
import { testComponent } from '../test-component.ts';
import { bareInstances, tenantInstances } from './instances.ts';

/** The cost of one instance: times in microseconds, memory in bytes. */
export interface Density {
  readonly instantiate: number;
  readonly firstCall: number;
  readonly secondCall: number;
  /** Resident memory of the process. */
  readonly resident: number;
  /** Memory in the JavaScript heap. */
  readonly heap: number;
  /** How many answers did not come from the instance that was called. */
  readonly wrongAnswers: number;
}

const [, , kind, path = '', argument = ''] = process.argv;
const count = Number(argument);
const bytes = await testComponent(path);
const density = kind === 'bare' ? await measureBare() : await measureComponent();
process.stdout.write(JSON.stringify(density));

async function measureComponent(): Promise<Density> {
  const component = await compile(bytes);
  // The first instances also emit the code that all later instances share; it is not part of the cost of an instance.
  tenantInstances(component, 100).callEach();
  const before = memory();
  const started = performance.now();
  const made = tenantInstances(component, count);
  const instantiated = performance.now();
  let wrongAnswers = made.callEach();
  const called = performance.now();
  const after = memory();
  const again = performance.now();
  wrongAnswers += made.callEach();
  const ended = performance.now();
  return {
    instantiate: microsecondsEach(instantiated - started),
    firstCall: microsecondsEach(called - instantiated),
    secondCall: microsecondsEach(ended - again),
    resident: (after.resident - before.resident) / count,
    heap: (after.heap - before.heap) / count,
    wrongAnswers,
  };
}

async function measureBare(): Promise<Density> {
  const module = await WebAssembly.compile(firstCoreModule(bytes));
  bareInstances(module, 100);
  const before = memory();
  const started = performance.now();
  const made = bareInstances(module, count);
  const instantiated = performance.now();
  const after = memory();
  return {
    instantiate: microsecondsEach(instantiated - started),
    firstCall: 0,
    secondCall: 0,
    resident: (after.resident - before.resident) / made.length,
    heap: (after.heap - before.heap) / made.length,
    wrongAnswers: 0,
  };
}

/** Returns microseconds for each instance. */
function microsecondsEach(milliseconds: number): number {
  return (milliseconds * 1000) / count;
}

function memory(): { readonly resident: number; readonly heap: number } {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { resident: rss, heap: heapUsed };
}
