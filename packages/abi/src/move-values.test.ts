import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { TestWaitable } from './fixtures/arbitrary.ts';
import { engines } from './fixtures/engines.ts';
import { bytesAt, put, utf8 } from './fixtures/fuse.ts';
import { Guest, plainOptions } from './fixtures/guest.ts';
import { list, tuple } from './fixtures/types.ts';
import { handleTypes, resourceTypes } from './fixtures/value-party.ts';
import { testCodecs, waitableTypes } from './fixtures/waitables.ts';
import {
  type CopySpec,
  type CopyValues,
  type CoreFunction,
  endLends,
  type MoveFlat,
  type MoveSpec,
  ResourceHandle,
  type ResourceType,
  Trap,
  type ValuesParty,
  waitablesOf,
} from './index.ts';

const [, stream] = waitableTypes as [Type, Type];
const [ownFile, borrowFile] = handleTypes as [Type, Type];

function party(guest: Guest, types: readonly Type[], realloc: CoreFunction = guest.realloc): ValuesParty {
  const { instance, memory } = guest;
  return { instance, memory, realloc, waitables: testCodecs(waitablesOf(types), instance) };
}

const call = (move: MoveFlat, ...core: number[]): readonly (number | bigint)[] =>
  move(core, [], { borrows: 0 });

/** Optional parts of a function that moves values. */
interface Setup extends Partial<MoveSpec> {
  readonly resources?: readonly ResourceType[];
  readonly realloc?: CoreFunction;
}

describe.each(engines)('values between components (%s)', (_, engine) => {
  function moving(
    types: readonly Type[],
    from: Guest,
    to: Guest,
    { resources = [], realloc, ...more }: Setup = {},
  ): MoveFlat {
    const params = types.map((type, index) => ({ name: `p${index}`, type }));
    const options = {
      from: { ...plainOptions, memory: from.address },
      to: { ...plainOptions, memory: to.address },
    };
    return engine
      .moveFlat({ params, name: 'f', ...options, fromMaxFlat: 16, toMaxFlat: 16, ...more })
      .bind({ from: party(from, types), to: party(to, types, realloc), resources });
  }

  function copying(type: Type, from: Guest, to: Guest, more: Partial<CopySpec> = {}): CopyValues {
    const options = {
      from: { ...plainOptions, memory: from.address },
      to: { ...plainOptions, memory: to.address },
    };
    return engine
      .copy({ type, name: 'stream.write', ...options, ...more })
      .bind({ from: party(from, [type]), to: party(to, [type]), resources: [] });
  }

  it('say in a trap which of the two was to blame', () => {
    const [from, to] = [new Guest(), new Guest()];
    Object.assign(from.instance, { name: 'one' });
    Object.assign(to.instance, { name: 'two' });
    const misaligned = { realloc: () => 3 };
    for (const [what, lifting, lowering] of [
      ['arguments', 'lifting the arguments of `f` for one', 'lowering the arguments of `f` of two'],
      ['result', 'lifting the result of `f` of one', 'lowering the result of `f` for two'],
    ] as const) {
      expect(() => call(moving(['char'], from, to, { what }), 0xd800)).toThrow(
        new Trap(`invalid \`char\` bit pattern (${lifting})`),
      );
      expect(() => call(moving([list('u32')], from, to, { what, ...misaligned }), 64, 1)).toThrow(
        new Trap(`realloc return: result not aligned (${lowering})`),
      );
    }
    from.bytes.fill(0xff, 64, 68);
    expect(() => copying('char', from, to)(64, 64, 1)).toThrow(
      new Trap('invalid `char` bit pattern (loading values of `stream.write` for one)'),
    );
  });

  it('trap for ranges out of bounds and for handles that are not there, before anything is lowered', () => {
    const [from, to] = [new Guest(), new Guest()];
    for (const [type, core, message] of [
      [list('u8'), [65_530, 7], 'list pointer/length out of bounds of memory'],
      [list('u64'), [0, 0x1000_0000], 'a list of 2147483648 bytes is longer than 268435455'],
      ['string', [-1, 1], 'string pointer/length out of bounds of memory'],
      [tuple('string', stream), [64, 4, 9], 'unknown handle index 9'],
      [stream, [-1], 'unknown handle index 4294967295'],
    ] as const) {
      expect(() => call(moving([type], from, to), ...core)).toThrow(message);
      expect(to.calls).toEqual([]);
    }
    expect(() => moving(['u8'], from, to, { toMaxFlat: 0 })([1], [], { borrows: 0 }, 65_536)).toThrow(
      'pointer out of bounds of memory (lowering the arguments of `f` of guest)',
    );
  });

  it('pass the results of a task from its core values to the out pointer of the caller', () => {
    const [from, to] = [new Guest(), new Guest('i64')];
    const at = put(from, utf8('text'));
    const move = moving([tuple('u16', 'string')], from, to, { what: 'result', toMaxFlat: 0 });
    expect(move([0x1_0007, at, 4], [], { borrows: 0 }, 128n)).toEqual([]);
    expect(new Uint16Array(to.bytes.buffer)[64]).toBe(7);
    const [ptr, length] = new BigUint64Array(to.bytes.buffer).subarray(17, 19);
    expect([bytesAt(to, Number(ptr), 4), length]).toEqual([[...utf8('text')], 4n]);
    const flat = moving(['u8'], from, to, { what: 'result', toMaxFlat: 1 });
    expect(call(flat, 0x101)).toEqual([1]);
  });

  it('move own handles as representations, and lend borrowed ones', () => {
    const [from, to] = [new Guest(), new Guest()];
    const [files] = resourceTypes(from, to) as [ResourceType];
    const file = { name: 'a' };
    const handle = new ResourceHandle(files, file, true, undefined);
    const index = from.instance.handles.add(handle);
    const [lent, scope]: [unknown[], { borrows: number }] = [[], { borrows: 0 }];
    const lend = moving([borrowFile], from, to, { resources: [files] });
    const [borrowed] = lend([index], lent, scope);
    expect(to.instance.handles.get(Number(borrowed))).toMatchObject({ rep: file, own: false, scope });
    expect([scope.borrows, handle.lends]).toEqual([1, 1]);
    const give = moving([ownFile], from, to, { resources: [files] });
    expect(() => call(give, index)).toThrow('cannot remove owned resource while borrowed');
    endLends(lent);
    const [given] = call(give, index);
    expect(from.instance.handles.size).toBe(0);
    expect(to.instance.handles.get(Number(given))).toMatchObject({ rep: file, own: true });
  });

  it('do not change when the realloc of an instance that passes values to itself changes its memory', () => {
    const guest = new Guest();
    const codecs = testCodecs([stream], guest.instance);
    const ends = [new TestWaitable(1), new TestWaitable(2)];
    const indices = ends.map((each) => codecs[0]!.lower(each));
    const at = put(guest, new Uint8Array(Uint32Array.from(indices).buffer));
    const text = put(guest, utf8('text'));
    const realloc: CoreFunction = (...args) => {
      guest.bytes.fill(0xee, at, at + 8);
      guest.bytes.fill(0xee, text, text + 4);
      guest.grow(guest.bytes.length + 65_536);
      return guest.realloc(...args);
    };
    const types = [list('u8'), 'string', list(stream)] as const;
    const move = moving(types, guest, guest, { realloc });
    const [, , ptr, length, listed, count] = call(move, text, 4, text, 4, at, 2).map(Number);
    expect(bytesAt(guest, ptr!, length!)).toEqual([...utf8('text')]);
    const received = new Uint32Array(guest.bytes.buffer, listed, count);
    expect(Array.from(received, (each) => codecs[0]!.lift(each))).toEqual(ends);
  });

  it('are those of the call, also after a call that trapped', () => {
    const [from, to] = [new Guest(), new Guest()];
    const [codec, received] = [from, to].map(({ instance }) => testCodecs([stream], instance)[0]!);
    const ends = [new TestWaitable(1), new TestWaitable(2)];
    const [one, two] = ends.map((each) => codec!.lower(each)) as [number, number];
    const move = moving([stream, 'char'], from, to);
    expect(() => call(move, one, 0xd800)).toThrow('invalid `char` bit pattern');
    const [moved] = call(move, two, 65);
    expect(received!.lift(Number(moved))).toBe(ends[1]);
  });

  it('are copied as bytes, between any memories, and within one memory also when the ranges overlap', () => {
    for (const [from, to] of [
      [new Guest(), new Guest('i64')],
      [new Guest('i64'), new Guest()],
    ] as const) {
      const bytes = Uint8Array.from({ length: 400 }, (_item, index) => index);
      put(from, bytes);
      copying('u32', from, to)(64, 4096, 100);
      expect(bytesAt(to, 4096, 400)).toEqual([...bytes]);
      copying('u16', from, to)(64, 1024, 3);
      expect(bytesAt(to, 1024, 8)).toEqual([0, 1, 2, 3, 4, 5, 0, 0]);
    }
    for (const length of [8, 80]) {
      const guest = new Guest();
      const bytes = Uint8Array.from({ length }, (_item, index) => index + 1);
      put(guest, bytes);
      copying('u8', guest, guest)(64, 65, length);
      expect(bytesAt(guest, 65, length)).toEqual([...bytes]);
      copying('u8', guest, guest)(65, 63, length);
      expect(bytesAt(guest, 63, length)).toEqual([...bytes]);
    }
  });

  it('are copied into memories that have grown', () => {
    const [from, to] = [new Guest(), new Guest()];
    const copy = copying(tuple('bool', 'u32'), from, to);
    const ptr = put(from, [2, 9, 9, 9, 1, 2, 3, 4]);
    copy(ptr, 64, 1);
    from.grow(131_072);
    to.grow(131_072);
    copy(ptr, 72, 1);
    // The bytes between the members belong to the previous user of the memory.
    expect(bytesAt(to, 64, 16)).toEqual([1, 0, 0, 0, 1, 2, 3, 4, 1, 0, 0, 0, 1, 2, 3, 4]);
    const move = moving(['u32'], from, to, { toMaxFlat: 0 });
    move([1], [], { borrows: 0 }, 88);
    to.grow(196_608);
    move([2], [], { borrows: 0 }, 131_072);
    expect([bytesAt(to, 88, 1), bytesAt(to, 131_072, 1)]).toEqual([[1], [2]]);
    copy(ptr, 80, 0);
    expect(bytesAt(to, 80, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('are not borrows when they are copied, and need a memory', () => {
    const options = { from: plainOptions, to: plainOptions };
    expect(() => engine.copy({ type: borrowFile, name: 'f', ...options })).toThrow(
      'a borrow cannot be passed outside of the parameters of a call',
    );
    const { memory: _memory, ...none } = plainOptions;
    expect(() => engine.copy({ type: 'u8', name: 'f', from: plainOptions, to: none })).toThrow(
      'the canonical options lack a memory or realloc',
    );
  });
});
