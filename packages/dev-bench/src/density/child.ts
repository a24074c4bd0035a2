/**
 * One measurement in a process of its own: `node --expose-gc child.ts wit-ts|bare COMPONENT COUNT`. Prints a `Density` as JSON.
 */
import { compile } from '@wit-ts/runtime';
import { firstCoreModule } from '../core-module.ts';
import { testComponent } from '../guest.ts';
import { bareInstances, tenants } from './instances.ts';

/** Bytes and microseconds are those of one instance. */
export interface Density {
  readonly instantiate: number;
  readonly firstCall: number;
  readonly secondCall: number;
  /** Of the process. */
  readonly resident: number;
  /** Of JavaScript's heap. */
  readonly heap: number;
  /** Answers that were not those of the instance that was asked. */
  readonly strangers: number;
}

const [, , kind, path = '', argument = ''] = process.argv;
const count = Number(argument);
const bytes = await testComponent(path);
const density = kind === 'bare' ? await measureBare() : await measureComponent();
process.stdout.write(JSON.stringify(density));

async function measureComponent(): Promise<Density> {
  const component = await compile(bytes);
  // Code that is shared is made by the first instances, and belongs to none.
  tenants(component, 100).strangers();
  const before = memory();
  const started = performance.now();
  const made = tenants(component, count);
  const instantiated = performance.now();
  let strangers = made.strangers();
  const called = performance.now();
  const after = memory();
  const again = performance.now();
  strangers += made.strangers();
  const ended = performance.now();
  return {
    instantiate: each(instantiated - started),
    firstCall: each(called - instantiated),
    secondCall: each(ended - again),
    resident: (after.resident - before.resident) / count,
    heap: (after.heap - before.heap) / count,
    strangers,
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
    instantiate: each(instantiated - started),
    firstCall: 0,
    secondCall: 0,
    resident: (after.resident - before.resident) / made.length,
    heap: (after.heap - before.heap) / made.length,
    strangers: 0,
  };
}

function each(milliseconds: number): number {
  return (milliseconds * 1000) / count;
}

function memory(): { readonly resident: number; readonly heap: number } {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { resident: rss, heap: heapUsed };
}
