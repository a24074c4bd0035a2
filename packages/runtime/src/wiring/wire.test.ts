import { decode } from '@wit-ts/component';
import { plan } from '@wit-ts/plan';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, instantiate } from '../index.ts';
import { loadParts } from '../optional-parts.ts';
import { wire, type WiringOptions } from './wire.ts';
import type { TrampolineWiring, Wiring } from './wiring.ts';

const none = {
  isTraced: false,
  hasTasks: false,
  fuses: false,
  parts: await loadParts({ calls: false, tasks: false, resources: false }),
};
const calls = {
  ...none,
  fuses: true,
  parts: await loadParts({ calls: true, tasks: false, resources: false }),
};
const tasks = {
  ...calls,
  hasTasks: true,
  parts: await loadParts({ calls: true, tasks: true, resources: false }),
};

async function wiringOf(component: string, options: WiringOptions): Promise<Wiring> {
  return wire(plan(decode(await built(component))), options);
}

/** Counts the trampolines of each kind. */
function trampolineCounts(trampolines: readonly TrampolineWiring[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const each of trampolines) {
    const kind = each.tag === 'direct-call' && each.guard !== undefined ? 'guarded-call' : each.tag;
    found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
}

describe('the wiring of a component', () => {
  it('can be cloned because it is plain data', async () => {
    for (const [component, options] of [
      ['edge-handler/wat', none],
      ['resources', none],
      ['direct', calls],
      ['bench-pair', calls],
      ['tasks', tasks],
    ] as const) {
      const wiring = await wiringOf(component, options);
      expect(structuredClone(wiring)).toEqual(wiring);
    }
  });

  it('decides how each call between components is made', async () => {
    const direct = await wiringOf('direct', calls);
    expect(trampolineCounts(direct.trampolines)).toEqual({
      'direct-call': 5,
      'guarded-call': 1,
      'fused-call': 5,
      'host-call': 1,
    });
    expect(direct.flagged).toHaveLength(1);
  });

  it('decides calls between components in the same way when they are traced', async () => {
    const traced = await wiringOf('direct', { ...calls, isTraced: true });
    const { trampolines } = await wiringOf('direct', calls);
    expect(trampolineCounts(traced.trampolines)).toEqual(trampolineCounts(trampolines));
  });

  it('sends every call through an engine, too, when the part for calls between components is missing', async () => {
    const { trampolines } = await wiringOf('direct', none);
    expect(trampolineCounts(trampolines)).toEqual({ 'component-call': 11, 'host-call': 1 });
  });

  it('sets a flag while realloc runs only in instances whose calls are guarded', async () => {
    const { trampolines, flagged } = await wiringOf('direct', calls);
    for (const each of trampolines) {
      if (each.tag !== 'fused-call') continue;
      for (const { instance, options } of [each.caller, each.callee]) {
        if (options.realloc === undefined) continue;
        const signature = { params: ['i32', 'i32', 'i32', 'i32'], results: ['i32'] };
        expect(options.realloc.flagged).toEqual(flagged.includes(instance) ? signature : undefined);
      }
    }
  });

  it('names exports as JavaScript sees them, with the functions behind them', async () => {
    const { exports, functions } = await wiringOf('resources', none);
    const counters = exports.find(({ keys }) => keys.includes('counters'));
    if (counters?.tag !== 'object') throw new TypeError('the interface is missing');
    const counter = counters.members.find(({ tag }) => tag === 'class');
    if (counter?.tag !== 'class') throw new TypeError('the class is missing');
    expect(counter.keys).toEqual(['Counter']);
    const names = counter.functions.map(({ style, key, function: index }) => [
      style,
      key,
      functions[index]!.name,
    ]);
    expect(names).toContainEqual(['constructor', 'Counter', 'test:resources/counters#[constructor]counter']);
    expect(names).toContainEqual([
      'method',
      'increment',
      'test:resources/counters#[method]counter.increment',
    ]);
    expect(names).toContainEqual(['static', 'sum', 'test:resources/counters#[static]counter.sum']);
  });

  it('marks the functions that run in tasks', async () => {
    const { functions, trampolines } = await wiringOf('tasks', tasks);
    const lifted = functions.filter((each) => each.tag === 'lifted');
    expect(lifted.some(({ core }) => core.callback !== undefined)).toBe(true);
    expect(lifted.some(({ spec, task }) => spec === undefined && task !== undefined)).toBe(true);
    expect(Object.keys(trampolineCounts(trampolines))).toContain('task-builtin');
  });

  it('is computed once for all instances, and once more for instances with a trace', async () => {
    const component = await compile(await built('resources'));
    expect(component.wiring(false)).toBe(component.wiring(false));
    expect(component.wiring(true)).not.toBe(component.wiring(false));
    await expect(instantiate(component, {})).rejects.toThrow();
  });
});
