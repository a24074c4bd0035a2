import { describe, expect, it } from 'vitest';
import type { Compiled, Engine } from './engine.ts';
import { Runner, type RunnerOptions } from './run.ts';
import { readScript } from './script.ts';

type Exports = Readonly<Record<string, unknown>>;

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name }, more);
}

/** An engine whose components are made by the first byte of a `binary`. */
function engineOf(makers: Readonly<Record<number, (imports: Exports) => Exports>>): Engine {
  return {
    async compile(bytes): Promise<Compiled> {
      const maker = makers[bytes[0] ?? 0];
      if (maker === undefined) throw named('DecodeError', 'no such component');
      return { instantiate: async (imports) => maker(imports), exportedFunc: () => undefined };
    },
  };
}

async function run(script: string, engine: Engine, options: RunnerOptions = {}): Promise<readonly string[]> {
  const runner = new Runner(engine, options);
  const outcomes: string[] = [];
  for (const directive of readScript(script)) {
    const { passed, reason } = await runner.run(directive);
    outcomes.push(passed ? 'passed' : `failed: ${reason}`);
  }
  return outcomes;
}

const counter = (): Exports => {
  let count = 0;
  return { countUp: () => (count += 1) };
};

describe('Runner', () => {
  it('keeps an instance between calls and makes a fresh one for each instance directive', async () => {
    const script = String.raw`
      (component definition $A binary "\01")
      (component instance $i $A)
      (assert_return (invoke "count-up") (u32.const 1))
      (assert_return (invoke "count-up") (u32.const 2))
      (component instance $j $A)
      (assert_return (invoke "count-up") (u32.const 1))
      (assert_return (invoke $i "count-up") (u32.const 3))
      (assert_return (invoke "count-up") (u32.const 3))`;
    expect(await run(script, engineOf({ 1: counter }))).toEqual([
      ...Array.from({ length: 7 }, () => 'passed'),
      'failed: It returned 2; 3 was expected.',
    ]);
  });

  it('calls no older instance after a failed one', async () => {
    const script = String.raw`
      (component binary "\01")
      (component binary "\02")
      (invoke "count-up")`;
    expect(await run(script, engineOf({ 1: counter }))).toEqual([
      'passed',
      'failed: DecodeError: no such component',
      'failed: There is no instance to call: it failed, or the script makes none.',
    ]);
  });

  it('takes a trap for a trap, and for the sense that is asked for', async () => {
    const engine = engineOf({
      1: () => ({
        trap: () => {
          throw named('Trap', 'unreachable');
        },
        other: () => {
          throw named('Trap', 'out of bounds');
        },
        fault: () => {
          throw new TypeError('x is undefined');
        },
        fine: () => 1,
      }),
      2: () => {
        throw named('Trap', 'unreachable');
      },
    });
    const script = String.raw`
      (component binary "\01")
      (assert_trap (invoke "trap") "wasm unreachable instruction executed")
      (assert_trap (invoke "other") "wasm unreachable instruction executed")
      (assert_trap (invoke "fault") "anything")
      (assert_trap (invoke "fine") "anything")
      (assert_return (invoke "trap"))
      (assert_trap (component binary "\02") "unreachable")`;
    const outcomes = await run(script, engine);
    expect(outcomes.map((outcome) => outcome.split(':')[0])).toEqual([
      'passed',
      'passed',
      'failed',
      'failed',
      'failed',
      'failed',
      'passed',
    ]);
    expect(outcomes[3]).toContain('TypeError: x is undefined');
    expect(outcomes[4]).toBe('failed: Nothing went wrong; expected a trap (anything).');
  });

  it('tells a refusal from a fault of the toolchain', async () => {
    const engine = engineOf({
      1: () => ({}),
      2: () => {
        throw named('LinkError', 'missing');
      },
    });
    const script = String.raw`
      (assert_invalid (component binary "\09") "x")
      (assert_malformed (component binary "\09") "x")
      (assert_invalid (component binary "\01") "x")
      (assert_unlinkable (component binary "\02") "x")
      (assert_unlinkable (component binary "\01") "x")`;
    expect(await run(script, engine)).toEqual([
      'passed',
      'passed',
      'failed: Nothing went wrong; expected a refusal (x).',
      'passed',
      'failed: Nothing went wrong; expected a LinkError (x).',
    ]);
  });

  it('awaits promises, and gives up on those that never settle', async () => {
    const engine = engineOf({
      1: () => ({ later: async () => 5, never: () => new Promise(() => {}) }),
    });
    const script = String.raw`
      (component binary "\01")
      (assert_return (invoke "later") (u8.const 5))
      (assert_return (invoke "never"))`;
    expect(await run(script, engine, { patience: 10 })).toEqual([
      'passed',
      'passed',
      'failed: It did not settle within 0.01 s.',
    ]);
  });

  it('compares results of functions: a value, or an error thrown', async () => {
    const engine = engineOf({
      1: () => ({
        ok: () => 5,
        err: () => {
          throw named('ComponentError', 'failed', { payload: 'why' });
        },
      }),
    });
    const script = String.raw`
      (component binary "\01")
      (assert_return (invoke "ok") (result.ok (u8.const 5)))
      (assert_return (invoke "err") (result.err (str.const "why")))
      (assert_return (invoke "err") (result.err (str.const "else")))
      (assert_return (invoke "ok") (result.err (str.const "why")))
      (assert_return (invoke "err") (result.ok))`;
    expect(await run(script, engine)).toEqual([
      'passed',
      'passed',
      'passed',
      'failed: It threw "why"; "else" was expected.',
      'failed: It returned 5; an error was expected.',
      'failed: ComponentError: failed',
    ]);
  });

  it('hands imports on, and the core modules of named instances', async () => {
    const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const seen: unknown[] = [];
    const engine = engineOf({
      1: () => ({ lib: module, f: () => 1 }),
      2: (imports) => {
        seen.push({ ...imports });
        return {};
      },
    });
    await run(String.raw`(component $A binary "\01") (component binary "\02")`, engine, {
      imports: { host: 1 },
    });
    expect(seen).toEqual([{ host: 1, A: { lib: module } }]);
  });
});
