import type { Canon } from '../ast.ts';
import type { ByteReader } from './byte-reader.ts';
import { canonOptions } from './canon.ts';
import { coreValType } from './core-types.ts';
import { resultList } from './types.ts';

const STREAM_OPERATIONS = [
  'new',
  'read',
  'write',
  'cancel-read',
  'cancel-write',
  'drop-readable',
  'drop-writable',
] as const;

type TagAlone<C> = C extends { tag: unknown } ? (keyof C extends 'tag' ? C['tag'] : never) : never;

/** Built-ins without immediates. */
const PLAIN: Readonly<Partial<Record<number, TagAlone<Canon>>>> = {
  0x05: 'task.cancel',
  0x0d: 'subtask.drop',
  0x1e: 'error-context.drop',
  0x1f: 'waitable-set.new',
  0x22: 'waitable-set.drop',
  0x23: 'waitable.join',
  0x24: 'backpressure.inc',
  0x25: 'backpressure.dec',
  0x26: 'thread.index',
  0x28: 'thread.resume-later',
};

type Cancellable = Exclude<Extract<Canon, { cancellable: boolean }>, { memory: number }>['tag'];

/** Built-ins whose only immediate is whether they may be cancelled. */
const CANCELLABLE: Readonly<Partial<Record<number, Cancellable>>> = {
  0x0c: 'thread.yield',
  0x29: 'thread.suspend',
  0x2a: 'thread.suspend-then-resume',
  0x2b: 'thread.yield-then-resume',
  0x2c: 'thread.suspend-then-promote',
  0x2d: 'thread.yield-then-promote',
};

/** Reads what follows the opcode of a built-in of tasks. Returns `undefined` when it is not the opcode of one. */
export function taskBuiltin(reader: ByteReader, opcode: number): Canon | undefined {
  switch (opcode) {
    case 0x06:
      return { tag: 'subtask.cancel', async: reader.flag('`async?`') };
    case 0x09: {
      const result = resultList(reader);
      return {
        tag: 'task.return',
        ...(result === undefined ? {} : { result }),
        options: canonOptions(reader),
      };
    }
    case 0x0a:
    case 0x0b:
      return {
        tag: opcode === 0x0a ? 'context.get' : 'context.set',
        type: coreValType(reader),
        slot: reader.u32(),
      };
    case 0x1c:
      return { tag: 'error-context.new', options: canonOptions(reader) };
    case 0x1d:
      return { tag: 'error-context.debug-message', options: canonOptions(reader) };
    case 0x20:
      return { tag: 'waitable-set.wait', cancellable: reader.flag('`cancel?`'), memory: reader.u32() };
    case 0x21:
      return { tag: 'waitable-set.poll', cancellable: reader.flag('`cancel?`'), memory: reader.u32() };
    case 0x27:
      return { tag: 'thread.new-indirect', type: reader.u32(), table: reader.u32() };
    case 0x40:
      return { tag: 'thread.spawn-ref', shared: reader.flag('`shared?`'), type: reader.u32() };
    case 0x41:
      return {
        tag: 'thread.spawn-indirect',
        shared: reader.flag('`shared?`'),
        type: reader.u32(),
        table: reader.u32(),
      };
    case 0x42:
      return { tag: 'thread.available-parallelism', shared: reader.flag('`shared?`') };
    default: {
      const plain = PLAIN[opcode];
      if (plain !== undefined) return { tag: plain };
      const cancellable = CANCELLABLE[opcode];
      if (cancellable !== undefined) return { tag: cancellable, cancellable: reader.flag('`cancel?`') };
      if (opcode >= 0x0e && opcode <= 0x14) return streamOrFuture(reader, 'stream', opcode - 0x0e);
      if (opcode >= 0x15 && opcode <= 0x1b) return streamOrFuture(reader, 'future', opcode - 0x15);
      return undefined;
    }
  }
}

/** Streams and futures have the same seven operations, with opcodes in the same order. */
function streamOrFuture(reader: ByteReader, of: 'stream' | 'future', index: number): Canon {
  const operation = STREAM_OPERATIONS[index]!;
  const type = reader.u32();
  switch (operation) {
    case 'read':
    case 'write':
      return { tag: `${of}.${operation}`, type, options: canonOptions(reader) };
    case 'cancel-read':
    case 'cancel-write':
      return { tag: `${of}.${operation}`, type, async: reader.flag('`async?`') };
    default:
      return { tag: `${of}.${operation}`, type };
  }
}
