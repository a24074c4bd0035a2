import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { instantiate, Trap, type TraceEvent } from './index.ts';

interface Pair {
  callAdd(times: number): number;
  callEcho(times: number, text: string): number;
  callPoints(times: number, count: number): number;
}

describe.each(['compile', 'reference'] as const)('calls between nested components (%s)', (engine) => {
  it('pass numbers, strings and records, and return them', async () => {
    const pair = await instantiate<Pair>(await built('bench-pair'), {}, { engine });
    expect(pair.callAdd(5)).toBe(5);
    expect(pair.callEcho(3, 'ä🦊')).toBe(18);
    expect(pair.callEcho(2, 'x'.repeat(10_000))).toBe(20_000);
    // The component checks the last record itself.
    expect(pair.callPoints(2, 1000)).toBe(2000);
  });

  it('give the same results when a trace makes them pass JavaScript values', async () => {
    let inside = 0;
    const trace = ({ boundary }: TraceEvent): void => void (inside += boundary === 'inside' ? 1 : 0);
    const pair = await instantiate<Pair>(await built('bench-pair'), {}, { engine, trace });
    expect(pair.callEcho(3, 'ä🦊')).toBe(18);
    expect(pair.callPoints(1, 10)).toBe(10);
    expect(inside).toBe(8);
  });

  it('close both components when one traps, and name the one that trapped', async () => {
    const { pass, crash } = await instantiate<Record<'pass' | 'crash', (text: string) => unknown>>(
      await built('nested'),
      { 'test:nested/log': { write: () => undefined } },
      { engine },
    );
    expect(pass('hello')).toBe('hello');
    const trap = thrown(() => crash('x')) as Trap;
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toMatch(/^wasm trap: unreachable \(running `crash` of the component › .*\)$/u);
    expect(trap.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    expect(String(thrown(() => pass('hello')))).toContain('cannot enter component instance');
  });
});
