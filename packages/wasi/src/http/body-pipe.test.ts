import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyPipe } from './body-pipe.ts';
import { FieldList } from './field-list.ts';
import { HttpError } from './http-error.ts';

const response = (bytes: number) => ({ bytes, code: 'HTTP-response-body-size' }) as const;

describe('the body of a message that a program writes', () => {
  it('gives its reader what was written, with at most the bytes that may wait', async () => {
    const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 50 }), async (all, most) => {
        const { sink, body, ...rest } = pipeOf(new BodyPipe(undefined, 64));
        const reading = collect(body.source, most);
        for (const part of all) {
          for (let at = 0; at < part.length;) {
            await sink.ready();
            expect(sink.capacity()).toBeLessThanOrEqual(64);
            const count = Math.min(sink.capacity(), part.length - at);
            sink.write(part.subarray(at, at + count));
            at += count;
          }
        }
        rest.finish();
        expect(await reading).toEqual(all.flatMap((part) => [...part]));
        expect(await body.trailers()).toBeUndefined();
      }),
    );
  });

  it('keeps bytes that the program changes afterwards', () => {
    const pipe = new BodyPipe();
    const bytes = Uint8Array.of(1, 2);
    pipe.sink.write(bytes);
    bytes.fill(9);
    expect(pipe.body.source.read(10)).toEqual(Uint8Array.of(1, 2));
  });

  it('has the length that its message announces, or fails on both sides', () => {
    const short = new BodyPipe(response(3));
    short.sink.write(Uint8Array.of(1, 2));
    expect(short.finish()?.errorCode).toEqual({ tag: 'HTTP-response-body-size', val: 2n });
    expect(short.body.source.read(10)).toEqual(Uint8Array.of(1, 2));
    expect(() => short.body.source.read(10)).toThrow(HttpError);

    const long = new BodyPipe(response(1));
    expect(() => long.sink.write(Uint8Array.of(1, 2))).toThrow(HttpError);
    expect(long.finish()?.errorCode).toEqual({ tag: 'HTTP-response-body-size', val: 2n });
    expect(() => long.body.source.read(10)).toThrow(HttpError);

    const right = new BodyPipe(response(1));
    right.sink.write(Uint8Array.of(1));
    expect(right.finish()).toBeUndefined();
  });

  it('gives trailers after its end, and an error when the program left it', async () => {
    const trailers = new FieldList(100);
    const finished = new BodyPipe();
    const waiting = finished.body.trailers();
    finished.finish(trailers);
    expect(await waiting).toBe(trailers);

    const left = new BodyPipe();
    const failing = left.body.trailers();
    left.fail(new HttpError({ tag: 'HTTP-response-incomplete' }));
    await expect(failing).rejects.toThrow('HTTP-response-incomplete');
    left.finish();
    expect(() => left.body.source.read(1)).toThrow(HttpError);
  });

  it('lets the writer fail when nobody reads any more', async () => {
    const pipe = new BodyPipe(undefined, 1);
    pipe.sink.write(Uint8Array.of(1));
    const ready = pipe.sink.ready();
    pipe.body.source.close();
    await ready;
    expect(() => pipe.sink.capacity()).toThrow('connection-terminated');
  });
});

function pipeOf(pipe: BodyPipe) {
  return { sink: pipe.sink, body: pipe.body, finish: () => pipe.finish() };
}

async function collect(source: BodyPipe['body']['source'], most: number): Promise<number[]> {
  const all: number[] = [];
  for (;;) {
    const chunk = source.read(most);
    if (chunk === undefined) return all;
    expect(chunk.length).toBeLessThanOrEqual(most);
    if (chunk.length === 0) await source.ready();
    all.push(...chunk);
  }
}
