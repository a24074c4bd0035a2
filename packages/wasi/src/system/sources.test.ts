import { array, assert, asyncProperty, constantFrom, integer, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamOf } from '../fixtures/web-streams.ts';
import type { InputGrant } from '../grants.ts';
import type { ByteSource } from './byte-streams.ts';
import { makeSystem } from './make-system.ts';

const open = (stdin: InputGrant): ByteSource => makeSystem({ stdin }).stdin;

/** Reads a source to its end, as a program does that waits when nothing is there. */
async function readAll(source: ByteSource, most: number): Promise<number[]> {
  const all: number[] = [];
  for (let bytes = source.read(most); bytes !== undefined; bytes = source.read(most)) {
    expect(bytes.length).toBeLessThanOrEqual(most);
    if (bytes.length === 0) await source.ready();
    all.push(...bytes);
  }
  expect(source.read(most)).toBeUndefined();
  return all;
}

const FORMS: Readonly<Record<string, (chunks: Uint8Array[]) => InputGrant>> = {
  bytes: (chunks) => Uint8Array.from(chunks.flatMap((chunk) => [...chunk])),
  iterable: (chunks) => chunks,
  async *asyncIterable(chunks) {
    for (const chunk of chunks) {
      await Promise.resolve();
      yield chunk;
    }
  },
  stream: (chunks) => streamOf(chunks),
  streamWithoutIterator(chunks) {
    const stream = streamOf(chunks);
    return { getReader: () => stream.getReader() } as ReadableStream<Uint8Array>;
  },
};

describe('a standard input', () => {
  it('gives all bytes in order, whatever it is made of and however it is read', async () => {
    const chunks = array(uint8Array({ maxLength: 40 }), { maxLength: 8 });
    const law = asyncProperty(
      chunks,
      constantFrom(...Object.keys(FORMS)),
      integer({ min: 1, max: 50 }),
      async (all, form, most) => {
        expect(await readAll(open(FORMS[form]!(all)), most)).toEqual(all.flatMap((chunk) => [...chunk]));
      },
    );
    await assert(law);
  });

  it('gives text as UTF-8, and nothing when it is absent', async () => {
    expect(await readAll(open('é'), 8)).toEqual([0xc3, 0xa9]);
    expect(await readAll(makeSystem({}).stdin, 8)).toEqual([]);
  });

  it('gives copies: the program cannot change the bytes of the host', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    open(bytes).read(3)?.fill(9);
    expect([...bytes]).toEqual([1, 2, 3]);
  });

  it('can be granted to several instances, each of which reads it from the start', async () => {
    const grants = { stdin: 'same' };
    const [one, other] = [makeSystem(grants), makeSystem(grants)];
    expect(await readAll(one.stdin, 9)).toEqual(await readAll(other.stdin, 9));
  });

  it('blocks the thread only if its bytes are there', () => {
    expect(open('text').block?.(Infinity)).toBe(true);
    expect(open([]).block?.(Infinity)).toBe(true);
    expect(open(streamOf([])).block).toBeUndefined();
  });

  it('takes no more than one chunk from a stream before the program reads', async () => {
    let made = 0;
    async function* chunks(): AsyncGenerator<Uint8Array, void> {
      for (; made < 100; made++) yield new Uint8Array(10);
    }
    const source = open(chunks());
    await source.ready();
    await source.ready();
    expect(made).toBe(0);
    source.read(10);
    await source.ready();
    expect(made).toBe(1);
  });

  it('reports the failure of a stream, and chunks that are not bytes', async () => {
    const failing = open(streamOf(failAfterOne()));
    expect(await firstFailure(failing)).toMatchObject({ code: 'io', message: 'grants.stdin: cable' });
    const text = open(streamOf(['text']) as unknown as ReadableStream<Uint8Array>);
    expect(await firstFailure(text)).toMatchObject({
      code: 'io',
      message: 'grants.stdin: expected chunks of type Uint8Array, got string',
    });
  });

  it('stops whoever makes its chunks when the instance is closed', async () => {
    let stopped = 0;
    const stream = new ReadableStream<Uint8Array>({ cancel: () => void stopped++ });
    const ofStream = makeSystem({ stdin: stream });
    void ofStream.stdin.ready();
    ofStream.close();
    expect(ofStream.stdin.read(1)).toBeUndefined();
    function* chunks(): Generator<Uint8Array, void> {
      try {
        yield new Uint8Array(1);
        yield new Uint8Array(1);
      } finally {
        stopped++;
      }
    }
    const ofIterable = makeSystem({ stdin: chunks() });
    ofIterable.stdin.read(1);
    ofIterable.close();
    await Promise.resolve();
    expect(stopped).toBe(2);
  });

  it('is refused when another reader has locked the stream', () => {
    const stream = new ReadableStream<Uint8Array>();
    stream.getReader();
    expect(() => open(stream)).toThrow(TypeError);
  });
});

async function* failAfterOne(): AsyncGenerator<Uint8Array, void> {
  yield Uint8Array.of(1);
  throw new Error('cable');
}

async function firstFailure(source: ByteSource): Promise<unknown> {
  return readAll(source, 10).then(
    () => undefined,
    (error: unknown) => error,
  );
}
