import { describe, expect, it } from 'vitest';
import type { CompiledComponent, ScriptEngine } from './script-engine.ts';
import { ScriptRunner, type ScriptRunnerOptions } from './script-runner.ts';
import { readScript } from './read-script.ts';

type Exports = Readonly<Record<string, unknown>>;

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name }, more);
}

/** An engine that chooses the component by the first byte of a `binary`. */
function engineOf(makers: Readonly<Record<number, (imports: Exports) => Exports>>): ScriptEngine {
  return {
    async compile(bytes): Promise<CompiledComponent> {
      const maker = makers[bytes[0] ?? 0];
      if (maker === undefined) throw named('DecodeError', 'no such component');
      return { instantiate: async (imports) => maker(imports), exportedFunc: () => undefined };
    },
  };
}

async function run(
  script: string,
  engine: ScriptEngine,
  options: ScriptRunnerOptions = {},
): Promise<readonly string[]> {
  const runner = new ScriptRunner(engine, options);
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

describe('ScriptRunner', () => {
  it('keeps an instance between calls and makes a new one for each instance directive', async () => {
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
      'failed: expected the result 3, got 2',
    ]);
  });

  it('does not call an older instance after a failed instantiation', async () => {
    const script = String.raw`
      (component binary "\01")
      (component binary "\02")
      (invoke "count-up")`;
    expect(await run(script, engineOf({ 1: counter }))).toEqual([
      'passed',
      'failed: DecodeError: no such component',
      'failed: no instance exists: its instantiation failed, or the script does not make one',
    ]);
  });

  it('accepts only a trap of the expected kind if a trap is expected', async () => {
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
    expect(outcomes[4]).toBe('failed: expected a trap (anything), but no error was thrown');
  });

  it('distinguishes a rejected component from one that cannot be linked', async () => {
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
      'failed: expected the component to be rejected (x), but no error was thrown',
      'passed',
      'failed: expected a LinkError (x), but no error was thrown',
    ]);
  });

  it('waits for promises, and fails when a promise does not settle in time', async () => {
    const engine = engineOf({
      1: () => ({ later: async () => 5, never: () => new Promise(() => {}) }),
    });
    const script = String.raw`
      (component binary "\01")
      (assert_return (invoke "later") (u8.const 5))
      (assert_return (invoke "never"))`;
    expect(await run(script, engine, { timeout: 10 })).toEqual([
      'passed',
      'passed',
      'failed: the promise did not settle within 0.01 s',
    ]);
  });

  it('compares the result of a function: the returned value or the thrown error', async () => {
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
      'failed: expected the error "else", got "why"',
      'failed: expected an error, got the value 5',
      'failed: ComponentError: failed',
    ]);
  });

  it('passes on the imports and the core modules that named instances export', async () => {
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
