import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it, vi } from 'vitest';
import { instantiate, LinkError } from '../index.ts';
import { clock, component, engines, faults } from '../fixtures/faults-guests.ts';

/** The runtime does not have these faults of other runtimes written in TypeScript. `docs/faults.md` lists them. */

describe.each(engines)('the runtime (%s)', (engine) => {
  it('calls post-return after each call', async () => {
    const guest = await faults(engine);
    for (const call of [1, 2, 3]) {
      guest['echoString']('abc');
      expect(guest['freed']()).toBe(call);
    }
    const renamed = await instantiate(await component('faults/built/renamed.wasm'), {}, { engine });
    renamed['echo']('abc');
    expect(renamed['swept']()).toBe(1);
  });

  it('links functions that the world itself imports', async () => {
    const guest = await faults(engine, { stamp: (number: number) => number * 2 });
    expect(guest['stamped'](21)).toBe(42);
    const wrapped = await faults(engine, { stamp: { default: (number: number) => number + 1 } });
    expect(wrapped['stamped'](41)).toBe(42);
  });

  it('instantiates a Uint8Array or a Response', async () => {
    const bytes = new Uint8Array(await component('faults/built/renamed.wasm'));
    for (const source of [bytes, bytes.buffer, new Response(bytes), Promise.resolve(new Response(bytes))]) {
      expect((await instantiate(source, {}, { engine }))['echo']('a')).toBe('a');
    }
  });

  it('finds a memory that is not called memory', async () => {
    const guest = await instantiate(await component('faults/built/renamed.wasm'), {}, { engine });
    expect(guest['echo']('größer 🦊')).toBe('größer 🦊');
  });

  it('refuses a Promise from a synchronous import', async () => {
    const guest = await faults(engine, { stamp: () => Promise.resolve(5) });
    const error = thrown(() => guest['stamped'](1));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(
      'stamp: result: expected a value, got a Promise (a synchronous function cannot wait for it); ' +
        "`suspend: ['stamp']` lets it wait",
    );
  });

  it('passes a long UTF-16 string without overflowing the stack', async () => {
    const guest = await instantiate(await component('faults/built/renamed.wasm'), {}, { engine });
    const text = 'ü🦊'.repeat(400_000);
    expect(guest['echo'](text) === text).toBe(true);
  });

  it('refuses to enter an export that is running', async () => {
    const guest = await faults(engine, {
      stamp: (number: number): number => guest['stamped'](number) as number,
    });
    const error = thrown(() => guest['stamped'](1));
    expect(error.message).toContain('cannot enter component instance: it is running');
  });

  it('passes a u32 of 2³¹ or more unchanged', async () => {
    const guest = await faults(engine);
    for (const number of [0, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
      expect(guest['echoU32'](number)).toBe(number);
      expect(guest['stamped'](number)).toBe(number);
    }
  });

  it('passes NaN and Infinity unchanged', async () => {
    const guest = await faults(engine);
    for (const number of [Number.NaN, Infinity, -Infinity, -0]) {
      expect(guest['echoF64'](number)).toBe(number);
      expect(guest['echoF32'](number)).toBe(number);
    }
  });

  it('passes a char beyond the Basic Multilingual Plane', async () => {
    const guest = await faults(engine);
    for (const char of ['a', '\0', 'é', '\ud7ff', '\ue000', '🦊', '\u{10ffff}'])
      expect(guest['echoChar'](char)).toBe(char);
  });

  it('stores flags of more than 8 and 16 labels in the right bytes', async () => {
    const guest = await faults(engine);
    for (let set = 0; set < 17; set += 1) {
      const marked = { before: 1, nine: flags(9, set % 9), seventeen: flags(17, set), behind: 2 };
      expect(guest['echoMarked']([marked, marked])).toEqual([marked, marked]);
    }
  });

  it('includes the padding in the size of a variant', async () => {
    const guest = await faults(engine);
    const values = [
      { tag: 'pair', val: [2n ** 64n - 1n, 255] },
      { tag: 'wide', val: 1n },
      { tag: 'pair', val: [0n, 1] },
    ];
    expect(guest['echoPadded'](values)).toEqual(values);
  });

  it('clears old memory when it stores a variant that holds none', async () => {
    const guest = await faults(engine);
    const values = [
      { tag: 'nothing', val: undefined },
      { tag: 'number', val: 5n },
      { tag: 'nothing', val: 0 },
    ];
    expect(guest['echoMaybe'](values)).toEqual(values);
  });

  it('keeps two resources of one interface apart', async () => {
    const { shapes } = await faults(engine);
    const [circle, square] = [new shapes.Circle(3), new shapes.Square(4)];
    expect([circle.size(), square.size()]).toEqual([3, 4]);
    expect(circle).not.toBeInstanceOf(shapes.Square);
    expect(() => shapes.Circle.prototype.size.call(square)).toThrow(
      'expected an object of the resource circle',
    );
  });

  it('names missing imports with their version', async () => {
    const bytes = await component('faults/built/wat.wasm');
    const error = await instantiate(bytes, {}, { engine }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LinkError);
    expect((error as LinkError).problems.map(({ path }) => path.join('#'))).toEqual([
      'test:faults/clock@1.2.3#now',
      'stamp',
    ]);
    for (const name of ['test:faults/clock@1.2.3', 'test:faults/clock', 'test:faults/clock@1.4.0']) {
      const guest = await instantiate(bytes, { [name]: clock, stamp: () => 0 }, { engine });
      expect(guest['time']()).toBe(7n);
    }
  });

  it('lifts a list<u8> as a Uint8Array', async () => {
    const guest = await faults(engine);
    const bytes = Uint8Array.from({ length: 1 << 20 }, (_, i) => i * 7);
    const back: unknown = guest['echoBytes'](bytes);
    expect(back).toBeInstanceOf(Uint8Array);
    expect(Buffer.compare(back as Uint8Array, bytes)).toBe(0);
  });
});

describe('the runtime', () => {
  it('copies all elements of a list<u8> at once', async () => {
    const guest = await faults('compile');
    const bytes = new Uint8Array(1 << 22);
    const views = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array;
    const copiedIn = vi.spyOn(views, 'set');
    const copiedOut = vi.spyOn(views, 'slice');
    try {
      guest['echoBytes'](bytes);
      // One copy goes into the memory of the guest, and one out of it.
      expect(copiedIn.mock.calls.filter(([source]) => source === bytes)).toHaveLength(1);
      expect(copiedOut.mock.results.map(({ value }) => (value as Uint8Array).length)).toEqual([bytes.length]);
    } finally {
      copiedIn.mockRestore();
      copiedOut.mockRestore();
    }
  });
});

/** Returns a value of flags with the labels a, b, c … of which one is set. */
function flags(count: number, set: number): Record<string, boolean> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [String.fromCharCode(97 + i), i === set]),
  );
}
