import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toposort, type Edge } from './toposort.ts';

function graph(needs: Record<string, string>): Map<string, Edge<null>[]> {
  return new Map(
    Object.entries(needs).map(([name, to]) => [name, [...to].map((other) => ({ to: other, at: null }))]),
  );
}

describe('toposort', () => {
  it.each([
    [{ a: '', b: '', c: '' }, 'abc'],
    [{ a: 'b', b: 'c', c: '' }, 'cba'],
    [{ a: 'c', b: '', c: '' }, 'bca'],
    [{ a: 'cc', b: 'x', c: '' }, 'bca'],
    [{ b: '', a: '', c: 'a' }, 'bac'],
  ])('%j', (needs, order) => {
    expect(toposort(graph(needs))).toEqual({ order: [...order], cycles: [] });
  });

  it.each([
    [{ a: 'a' }, ['a']],
    [{ a: 'b', b: 'c', c: 'b' }, ['bc']],
    [{ a: 'b', b: 'a', c: 'd', d: 'c' }, ['ab', 'cd']],
  ])('finds the cycles of %j', (needs, cycles) => {
    expect(toposort(graph(needs)).cycles.map((cycle) => cycle.map(({ from }) => from).join(''))).toEqual(
      cycles,
    );
  });

  it('puts each name after the names that it needs, and loses none', () => {
    const names = [...'abcdefgh'];
    const anyGraph = fc.tuple(...names.map(() => fc.subarray(names)));
    fc.assert(
      fc.property(anyGraph, (edges) => {
        const needs = graph(Object.fromEntries(names.map((name, i) => [name, edges[i]!.join('')])));
        const { order, cycles } = toposort(needs);
        expect([...order].sort()).toEqual(names);
        if (cycles.length > 0) return;
        for (const [name, list] of needs) {
          for (const { to } of list) expect(order.indexOf(to)).toBeLessThan(order.indexOf(name));
        }
      }),
    );
  });
});
