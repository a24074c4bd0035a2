import { describe, expect, it } from 'vitest';
import type { Canon } from '../ast.ts';
import * as b from '../fixtures/bytes.ts';
import { decode } from './decode-explained.ts';

describe('canonical definitions', () => {
  const none = { stringEncoding: 'utf8', async: false } as const;

  it.each<[b.Bytes, Canon]>([
    [
      [0x00, 0x00, 7, b.vec([0x02], [0x03, 1], [0x04, 2], [0x05, 3], [0x06], [0x07, 4]), 9],
      {
        tag: 'lift',
        coreFunc: 7,
        type: 9,
        options: {
          stringEncoding: 'latin1+utf16',
          memory: 1,
          realloc: 2,
          postReturn: 3,
          async: true,
          callback: 4,
        },
      },
    ],
    [
      [0x01, 0x00, 7, b.vec([0x01])],
      { tag: 'lower', func: 7, options: { stringEncoding: 'utf16', async: false } },
    ],
    [[0x02, 1], { tag: 'resource.new', resource: 1 }],
    [[0x03, 1], { tag: 'resource.drop', resource: 1 }],
    [[0x04, 1], { tag: 'resource.rep', resource: 1 }],
    [[0x05], { tag: 'task.cancel' }],
    [[0x06, 1], { tag: 'subtask.cancel', async: true }],
    [[0x09, 0x00, b.U8, 0], { tag: 'task.return', result: 'u8', options: none }],
    [[0x09, 0x01, 0x00, 0], { tag: 'task.return', options: none }],
    [[0x0a, 0x7f, 1], { tag: 'context.get', type: 'i32', slot: 1 }],
    [[0x0b, 0x7f, 0], { tag: 'context.set', type: 'i32', slot: 0 }],
    [[0x0c, 1], { tag: 'thread.yield', cancellable: true }],
    [[0x0d], { tag: 'subtask.drop' }],
    [[0x0e, 3], { tag: 'stream.new', type: 3 }],
    [[0x0f, 3, 0], { tag: 'stream.read', type: 3, options: none }],
    [[0x10, 3, 0], { tag: 'stream.write', type: 3, options: none }],
    [[0x11, 3, 0], { tag: 'stream.cancel-read', type: 3, async: false }],
    [[0x12, 3, 1], { tag: 'stream.cancel-write', type: 3, async: true }],
    [[0x13, 3], { tag: 'stream.drop-readable', type: 3 }],
    [[0x14, 3], { tag: 'stream.drop-writable', type: 3 }],
    [[0x15, 3], { tag: 'future.new', type: 3 }],
    [[0x16, 3, 0], { tag: 'future.read', type: 3, options: none }],
    [[0x17, 3, 0], { tag: 'future.write', type: 3, options: none }],
    [[0x18, 3, 0], { tag: 'future.cancel-read', type: 3, async: false }],
    [[0x19, 3, 0], { tag: 'future.cancel-write', type: 3, async: false }],
    [[0x1a, 3], { tag: 'future.drop-readable', type: 3 }],
    [[0x1b, 3], { tag: 'future.drop-writable', type: 3 }],
    [[0x1c, 0], { tag: 'error-context.new', options: none }],
    [[0x1d, 0], { tag: 'error-context.debug-message', options: none }],
    [[0x1e], { tag: 'error-context.drop' }],
    [[0x1f], { tag: 'waitable-set.new' }],
    [[0x20, 1, 2], { tag: 'waitable-set.wait', cancellable: true, memory: 2 }],
    [[0x21, 0, 2], { tag: 'waitable-set.poll', cancellable: false, memory: 2 }],
    [[0x22], { tag: 'waitable-set.drop' }],
    [[0x23], { tag: 'waitable.join' }],
    [[0x24], { tag: 'backpressure.inc' }],
    [[0x25], { tag: 'backpressure.dec' }],
    [[0x26], { tag: 'thread.index' }],
    [[0x27, 1, 2], { tag: 'thread.new-indirect', type: 1, table: 2 }],
    [[0x28], { tag: 'thread.resume-later' }],
    [[0x29, 0], { tag: 'thread.suspend', cancellable: false }],
    [[0x2a, 0], { tag: 'thread.suspend-then-resume', cancellable: false }],
    [[0x2b, 0], { tag: 'thread.yield-then-resume', cancellable: false }],
    [[0x2c, 0], { tag: 'thread.suspend-then-promote', cancellable: false }],
    [[0x2d, 1], { tag: 'thread.yield-then-promote', cancellable: true }],
    [[0x40, 1, 2], { tag: 'thread.spawn-ref', shared: true, type: 2 }],
    [[0x41, 0, 2, 3], { tag: 'thread.spawn-indirect', shared: false, type: 2, table: 3 }],
    [[0x42, 0], { tag: 'thread.available-parallelism', shared: false }],
  ])('are decoded from %j', (content, expected) => {
    const [definition] = decode(b.component(b.canons(content))).definitions;
    expect(definition?.tag === 'canon' && definition.canon).toEqual(expected);
  });

  it.each([0x07, 0x08, 0x2e, 0x3f, 0x43])('have no opcode %d', (opcode) => {
    expect(() => decode(b.component(b.canons([opcode, 0, 0, 0])))).toThrow(
      /not the opcode of a canonical definition/u,
    );
  });

  it.each<[string, b.Bytes]>([
    ['canon lift, for its sort', [0x00, 0x01, 0, b.vec(), 0]],
    ['canon lower, for its sort', [0x01, 0x01, 0, b.vec()]],
    ['subtask.cancel', [0x06, 0x02]],
    ['task.return, for its form', [0x09, 0x02, 0x00, b.vec()]],
    ['task.return, for an empty list', [0x09, 0x01, 0x01, b.vec()]],
    ['thread.yield', [0x0c, 0x02]],
    ['stream.cancel-read', [0x11, 0, 0x02]],
    ['stream.cancel-write', [0x12, 0, 0x80, 0x00]],
    ['future.cancel-read', [0x18, 0, 0x02]],
    ['future.cancel-write', [0x19, 0, 0xff]],
    ['waitable-set.wait', [0x20, 0x02, 0]],
    ['waitable-set.poll', [0x21, 0x02, 0]],
    ['thread.suspend', [0x29, 0x02]],
    ['thread.suspend-then-resume', [0x2a, 0x02]],
    ['thread.yield-then-resume', [0x2b, 0x02]],
    ['thread.suspend-then-promote', [0x2c, 0x02]],
    ['thread.yield-then-promote', [0x2d, 0x02]],
    ['thread.spawn-ref', [0x40, 0x02, 0]],
    ['thread.spawn-indirect', [0x41, 0x02, 0, 0]],
    ['thread.available-parallelism', [0x42, 0x02]],
  ])('refuse another immediate than the specification gives to %s', (_what, content) => {
    expect(() => decode(b.component(b.canons(content)))).toThrow(/must be 0 or 1|expected 0x00/u);
  });

  it('keep repeated options for the validator', () => {
    const [definition] = decode(
      b.component(b.canons([0x01, 0x00, 0, b.vec([0x00], [0x01], [0x06], [0x06])])),
    ).definitions;
    expect(definition?.tag === 'canon' && definition.canon).toMatchObject({
      options: { stringEncoding: 'utf8', async: true, repeated: ['string-encoding', 'async'] },
    });
  });
});
