import { compile, Fuel, LinkError, Trap } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { ENDLESS, smallProgram, testProgram, textOutput } from '../fixtures/programs.ts';
import { type Grants, run, runInWorker } from '../index.ts';

const HELLO = 'hello-env/built/rust.wasm';
const COMMAND = 'wasi-command/built/c.wasm';
const PAGE = 65_536;

const programs: readonly (readonly [name: string, granted: Grants])[] = [
  [HELLO, { env: { NAME: 'Ada' } }],
  [COMMAND, { env: { GREETING: 'hi' }, clocks: { wall: 0n, monotonic: 0n }, random: { seed: 7n } }],
];

/** How a program ends with an amount of fuel: its exit code or its trap, what it printed, and what it used. */
async function ended(
  start: typeof run,
  [name, granted]: (typeof programs)[number],
  limit: number,
): Promise<{ readonly end: number | string; readonly text: string; readonly used: number }> {
  const fuel = new Fuel(limit);
  const out = textOutput();
  const grants = { ...granted, stdout: out.write };
  const end = await start(await testProgram(name), grants, { limits: { fuel } }).catch(String);
  return { end, text: out.text(), used: fuel.used };
}

describe.each(programs)('the fuel of %s', (...program) => {
  it('is used alike in every run, here and in a worker, and changes nothing else', async () => {
    const out = textOutput();
    const end = await run(await testProgram(program[0]), { ...program[1], stdout: out.write });
    const first = await ended(run, program, 1e9);
    expect(first).toEqual({ end, text: out.text(), used: expect.any(Number) });
    expect(first.used).toBeGreaterThan(1000);
    expect(await ended(run, program, 1e9)).toEqual(first);
    expect(await ended(runInWorker, program, 1e9)).toEqual(first);
    expect(await ended(run, program, first.used)).toEqual(first);
  });

  it('ends it with the same trap here and in a worker', async () => {
    const first = await ended(run, program, 1000);
    expect(first.end).toMatch(new RegExp(`^Trap: out of fuel: ${first.used}\\b.*\\b1000\\b`, 'u'));
    expect(await ended(runInWorker, program, 1000)).toEqual(first);
  });
});

describe.each([
  ['run', run],
  ['runInWorker', runInWorker],
])('the limits of %s', (_, start) => {
  it('stop a program that loops for ever', async () => {
    const fuel = new Fuel(1000);
    const running = start(smallProgram(ENDLESS), {}, { limits: { fuel } });
    await expect(running).rejects.toThrow(Trap);
    await expect(running).rejects.toThrow(/^out of fuel: 1000 of 1000 operators are used/u);
    await expect(running).rejects.toHaveProperty('code', 'out-of-fuel');
    expect(fuel.used).toBe(1000);
    await expect(start(smallProgram(ENDLESS), {}, { limits: { fuel: 10 } })).rejects.toThrow('10 of 10');
  });

  it('share a `Fuel` between runs', async () => {
    const [program, fuel] = [await testProgram(HELLO), new Fuel(1e6)];
    await start(program, {}, { limits: { fuel } });
    const once = fuel.used;
    await start(program, {}, { limits: { fuel } });
    expect(fuel.used).toBe(2 * once);
  });

  it('hold for a component that was compiled without them, or with others', async () => {
    const program = await testProgram(COMMAND);
    for (const own of [{}, { limits: { fuel: 5 } }, { limits: { memoryBytes: 2 ** 30 } }]) {
      const component = await compile(program, own);
      const fuel = new Fuel(1000);
      await expect(start(component, {}, { limits: { fuel } })).rejects.toThrow('out of fuel');
      expect(fuel.used).toBeGreaterThan(0);
    }
    const component = await compile(program, { limits: { fuel: 5 } });
    await expect(start(component)).rejects.toThrow(
      'more than the limit of 5, which is tested at the start of functions and loops',
    );
  });

  it('bound the memory of a program of preview 1', async () => {
    // It traps if its memory cannot grow by three pages.
    const grows = smallProgram([0x41, 3, 0x40, 0, 0x41, 0x7f, 0x46, 0x04, 0x40, 0x00, 0x0b]);
    expect(await start(grows, {}, { limits: { memoryBytes: 4 * PAGE } })).toBe(0);
    await expect(start(grows, {}, { limits: { memoryBytes: 4 * PAGE - 1 } })).rejects.toThrow(
      'the program trapped: unreachable',
    );
    const refused = start(grows, {}, { limits: { memoryBytes: 1 } });
    await expect(refused).rejects.toThrow(LinkError);
    await expect(refused).rejects.toMatchObject({
      code: 'over-limit',
      problems: [expect.objectContaining({ path: ['limits.memoryBytes'] })],
      message: expect.stringContaining('limits.memoryBytes: expected at most 1 bytes in all memories'),
    });
  });

  it('are refused when they are not in their form, or cannot hold', async () => {
    const program = smallProgram([]);
    for (const fuel of [-1, 1.5, Number.NaN])
      await expect(start(program, {}, { limits: { fuel } })).rejects.toThrow(TypeError);
    const compiled = await WebAssembly.compile(program);
    await expect(start(compiled, {}, { limits: { fuel: 1 } })).rejects.toThrow(
      'a core module that is compiled already cannot be limited: give `run` its bytes',
    );
  });

  it('let a program import nothing of theirs', async () => {
    await expect(start(importing('wit-ts:fuel'), {}, { limits: { fuel: 1000 } })).rejects.toMatchObject({
      name: 'LinkError',
      message: expect.stringContaining('wit-ts:fuel'),
    });
  });
});

describe('Fuel', () => {
  it('counts what was spent elsewhere, even beyond its limit', () => {
    const fuel = new Fuel(10);
    fuel.spend(4);
    expect([fuel.used, fuel.limit]).toEqual([4, 10]);
    fuel.spend(8);
    expect(fuel.used).toBe(12);
    for (const amount of [-1, 0.5, Infinity]) expect(() => fuel.spend(amount)).toThrow(TypeError);
    expect(fuel.used).toBe(12);
  });
});

/** A program that imports the global `left` of a module. */
function importing(module: string): Uint8Array<ArrayBuffer> {
  const names = [module.length, ...Buffer.from(module), 4, ...Buffer.from('left')];
  return Uint8Array.from(
    [
      [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0],
      [2, 1 + names.length + 3, 1, ...names, 3, 0x7e, 1],
      [3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 19, 2],
      [6, ...Buffer.from('memory'), 2, 0, 6, ...Buffer.from('_start'), 0, 0],
      [10, 4, 1, 2, 0, 11],
    ].flat(),
  );
}
