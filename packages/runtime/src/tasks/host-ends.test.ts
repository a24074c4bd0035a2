import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { built } from '../fixtures/components.ts';
import type { Stream } from '../async-types.ts';
import { compile, type Component, instantiate, type InstantiateOptions, Trap } from '../index.ts';

interface Entry {
  readonly id: bigint;
  readonly name: string;
  readonly score: number;
}

interface Guest {
  readonly producer: {
    giveBytes(total: number): Promise<Stream<number, Uint8Array>>;
    giveEntries(total: number): Promise<Stream<Entry>>;
    giveNumber(a: number): Promise<number>;
    giveText(): Promise<string>;
  };
  readonly consumer: {
    takeBytes(bytes: unknown, stride: number): Promise<number>;
    takeEntries(entries: unknown): Promise<number>;
    takeNumber(number: unknown): Promise<number>;
    takeText(text: unknown): Promise<number>;
    dropBytes(bytes: unknown): void;
  };
}

const host = { now: (a: number) => a + 1, later: async (a: number) => a + 1, hold: (a: number) => a };

function made(component: Component, options: InstantiateOptions = {}): Promise<Guest> {
  return instantiate<Guest>(component, { 'bench:tasks/host': host } as never, options);
}

/** Gives items, and throws an error if there is one. */
async function* later<T>(items: readonly T[], error?: Error): AsyncGenerator<T> {
  yield* items;
  if (error !== undefined) throw error;
}

/** What `take-bytes` returns. */
function checksum(bytes: Iterable<number>, stride = 1): number {
  let [sum, at] = [0, 0];
  for (const byte of bytes) {
    if (at % stride === 0) sum = (Math.imul(sum, 31) + byte) >>> 0;
    at += 1;
  }
  return sum;
}

/** What `take-entries` returns. */
function entriesChecksum(entries: readonly Entry[]): number {
  let sum = 0;
  for (const { id, name, score } of entries) {
    const bytes = new TextEncoder().encode(name);
    sum = (Math.imul(sum, 31) + Number(id) + Math.trunc(score) + bytes.length + (bytes.at(-1) ?? 0)) >>> 0;
  }
  return sum;
}

/** What `give-bytes` writes. */
function givenBytes(total: number): Uint8Array {
  const bytes = Uint8Array.from({ length: total }, (_, at) => {
    const i = at % 65_536;
    return i * 7 + (i >> 8);
  });
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < total; at += 65_536) view.setBigUint64(at, BigInt(at / 65_536), true);
  return bytes;
}

describe.each(['compile', 'reference'] as const)('streams and futures of the host (%s)', async (engine) => {
  const component = await compile(await built('async-bench'), { engine });

  it('are iterated in chunks as large as the component writes them', async () => {
    const { producer } = await made(component);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await producer.giveBytes(200_000)) chunks.push(chunk);
    expect(chunks.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 3392]);
    expect(Buffer.concat(chunks).equals(givenBytes(200_000))).toBe(true);
  });

  it('are read in portions, and left by a loop that stops early', async () => {
    const { producer } = await made(component);
    const stream = await producer.giveBytes(200_000);
    expect(await stream.read(5)).toEqual({ value: givenBytes(200_000).slice(0, 5), done: false });
    for await (const chunk of stream) {
      expect(chunk.length).toBe(65_531);
      break;
    }
    expect(await stream.read(1)).toEqual({ value: undefined, done: true });
    const response = new Response((await producer.giveBytes(100_000)).toReadableStream());
    expect((await response.bytes()).length).toBe(100_000);
  });

  it('give records one at a time, or as many as are asked for', async () => {
    const { producer, consumer } = await made(component);
    const entries: Entry[] = [];
    for await (const entry of await producer.giveEntries(1500)) entries.push(entry);
    expect(entries.length).toBe(1500);
    const stream = await producer.giveEntries(1500);
    const portion = await stream.read(10);
    expect(portion.value).toEqual(entries.slice(0, 10));
    const rest = consumer.takeEntries(stream);
    expect(await rest).toBe(entriesChecksum(entries.slice(10)));
    expect(await consumer.takeEntries(entries)).toBe(entriesChecksum(entries));
    expect(await consumer.takeEntries(later(entries.slice(0, 20)))).toBe(
      entriesChecksum(entries.slice(0, 20)),
    );
  });

  it('reach the component whatever gives the bytes and however they are cut', async () => {
    const { consumer } = await made(component);
    const chunk = fc.uint8Array({ maxLength: 70_000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 5 }), fc.nat(2), async (chunks, kind) => {
        const bytes = Buffer.concat(chunks);
        const sources = [chunks, later(chunks), new Response(new Blob(chunks as BlobPart[])).body];
        expect(await consumer.takeBytes(sources[kind], 100)).toBe(checksum(bytes, 100));
      }),
      { numRuns: 8 },
    );
  });

  it('go on in another component, and come back to the same one', async () => {
    const [one, other] = await Promise.all([made(component), made(component)]);
    const expected = checksum(givenBytes(150_000), 7);
    expect(await other.consumer.takeBytes(await one.producer.giveBytes(150_000), 7)).toBe(expected);
    expect(await one.consumer.takeBytes(await one.producer.giveBytes(150_000), 7)).toBe(expected);
    expect(await other.consumer.takeNumber(one.producer.giveNumber(4))).toBe(4);
  });

  it('may never settle: a call that waits for the host is no deadlock', async () => {
    const { consumer, producer } = await made(component);
    const never = new Promise<never>(() => undefined);
    const settledCalls = vi.fn();
    for (const call of [consumer.takeBytes({ next: () => never }, 1), consumer.takeNumber(never)])
      call.then(settledCalls, settledCalls);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    expect(settledCalls).not.toHaveBeenCalled();
    expect(await producer.giveNumber(3)).toBe(3);
  });

  it('let timers and I/O of the host run meanwhile', async () => {
    const { consumer } = await made(component);
    const immediate = vi.fn();
    setImmediate(immediate);
    await consumer.takeBytes(later(Array.from({ length: 3000 }, () => 1)), 1);
    expect(immediate).toHaveBeenCalledOnce();
  });

  it('are futures that the component reads and writes', async () => {
    const { producer, consumer } = await made(component);
    expect(await producer.giveNumber(7)).toBe(7);
    const text = await producer.giveText();
    expect(await consumer.takeText(Promise.resolve(text))).toBe(checksum(Buffer.from(text)));
    const settlers = Promise.withResolvers<number>();
    const taken = consumer.takeNumber(settlers.promise);
    setTimeout(() => settlers.resolve(9), 5);
    expect(await taken).toBe(9);
  });

  it('reject the call when the promise of a future is rejected', async () => {
    const { consumer } = await made(component);
    const reason = new Error('gone');
    const error: unknown = await consumer.takeNumber(Promise.reject(reason)).catch((found: unknown) => found);
    expect(error).toBeInstanceOf(Trap);
    expect((error as Trap).message).toContain("the host's promise for a future was rejected: gone");
    expect((error as Trap).cause).toBe(reason);
  });

  it.each<[string, (guest: Guest) => Promise<unknown>, string]>([
    ['no stream', ({ consumer }) => consumer.takeBytes(7, 1), 'argument bytes: expected a stream, got 7'],
    ['no promise', ({ consumer }) => consumer.takeNumber(7), 'argument number: expected a promise, got 7'],
    [
      'an element at once',
      ({ consumer }) => consumer.takeBytes([1, 300], 1),
      'values[1]: expected u8, got 300',
    ],
    [
      'an element later',
      ({ consumer }) => consumer.takeBytes(later([300]), 1),
      'values[0]: expected u8, got 300',
    ],
    ['a value later', ({ consumer }) => consumer.takeNumber(Promise.resolve('x')), 'expected u32, got "x"'],
  ])('refuse what does not fit: %s', async (_, call, message) => {
    const error: unknown = await call(await made(component)).catch((found: unknown) => found);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
  });

  it('end when their source throws, and the error is reported', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { consumer } = await made(component);
    expect(await consumer.takeBytes(later([Uint8Array.of(1, 2)], new Error('disk on fire')), 1)).toBe(
      checksum([1, 2]),
    );
    expect(String(warn.mock.calls[0])).toContain("the host's source of it threw: disk on fire");
    const onError = vi.fn();
    const listening = await made(component, { onError });
    await listening.consumer.takeBytes(later([], new Error('again')), 1);
    expect(onError.mock.calls[0]).toMatchObject([{ cause: { message: 'again' } }]);
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it('end their source when the component drops them unread', async () => {
    const { consumer } = await made(component);
    const cancel = vi.fn();
    consumer.dropBytes(new ReadableStream({ cancel }));
    await Promise.resolve();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

type Take = 'takeBytes' | 'takeTexts' | 'takeMaybes' | 'takeSoon';
type Give = 'giveBytes' | 'giveTexts' | 'giveMaybes' | 'giveSoon';
type Passing = Record<Take, (given: unknown) => number> & Record<Give, (handle: number) => unknown>;

describe.each(['compile', 'reference'] as const)(
  'what goes through a component to the host (%s)',
  async (engine) => {
    const component = await compile(await built('async-faults'), { engine });
    const functions = ['ask', 'tomorrow', 'dayAfter', 'source', 'pair', 'choose', 'sink'].map((name) => [
      name,
      () => undefined,
    ]);
    const imports = { ...Object.fromEntries(functions), thing: Map };
    const passing = async (): Promise<Passing> =>
      (await instantiate<{ readonly a: Passing }>(component, imports as never)).a;

    it('has the shapes of what a component gives', async () => {
      const a = await passing();
      const bytes = a.giveBytes(a.takeBytes([1, 2])) as Stream<number, Uint8Array>;
      expect(await bytes.read(9)).toEqual({ value: Uint8Array.of(1, 2), done: false });
      const maybes = a.giveMaybes(a.takeMaybes([null, 5])) as Stream<number | undefined>;
      expect(await maybes.read(9)).toEqual({ value: [undefined, 5], done: false });
      expect(await a.giveSoon(a.takeSoon(Promise.resolve(5)))).toBe(5);
    });

    it('must fit its type', async () => {
      const a = await passing();
      const texts = a.giveTexts(a.takeTexts(['a', 7])) as Stream<string>;
      await expect(texts.read(9)).rejects.toThrow(
        'an element of a stream: values[1]: expected a string, got 7',
      );
      const b = await passing();
      await expect(b.giveSoon(b.takeSoon(Promise.resolve(-1)))).rejects.toThrow('expected u32, got -1');
    });

    it('is the same stream when nobody read it in between', async () => {
      const a = await passing();
      const cancel = vi.fn();
      const stream = a.giveBytes(a.takeBytes(new ReadableStream({ cancel }))) as Stream<number, Uint8Array>;
      await (a.giveBytes(a.takeBytes(stream)) as Stream<number, Uint8Array>).cancel();
      expect(cancel).toHaveBeenCalledOnce();
      await expect(stream.read()).rejects.toThrow('the stream was given away');
    });
  },
);
