import type { Type, TypeDef } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { failure, fuse, list, put } from './fixtures/fuse.ts';
import { Guest } from './fixtures/guest.ts';
import { ResourceHandle } from './handle-table.ts';
import { resourceDrop } from './resource-builtins.ts';
import { ResourceType } from './resource-type.ts';

function owning(guest: Guest, type: ResourceType, rep: number): number {
  return guest.instance.handles.add(new ResourceHandle(type, rep, true, undefined));
}

describe.each(engines)('handles from one component to another (%s)', (_, engine) => {
  const definition: TypeDef = { name: 'file', kind: { tag: 'resource' } };
  const own: Type = { kind: { tag: 'own', resource: definition } };
  const borrow: Type = { kind: { tag: 'borrow', resource: definition } };

  it('moves what is owned to the other table, and back', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const type = ResourceType.ofGuest('file', caller.instance);
    const call = fuse(engine, [own], own, (index: number) => index, { caller, callee, resources: [type] });
    const index = owning(caller, type, 42);
    expect(call(index)).toBe(index);
    expect(caller.instance.handles.get(index)).toMatchObject({ rep: 42, own: true });
    expect(callee.instance.handles.size).toBe(0);
  });

  it('lends for the time of the call', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const type = ResourceType.ofGuest('file', caller.instance);
    const index = owning(caller, type, 42);
    const drop = resourceDrop(type, callee.instance);
    let during: unknown;
    const call = fuse(
      engine,
      [borrow, list(borrow)],
      undefined,
      (first: number, rest: number) => {
        const { lends } = caller.instance.handles.get(index) as ResourceHandle;
        const second = new Uint32Array(callee.bytes.buffer)[rest / 4]!;
        during = [lends, [first, second].map((at) => callee.instance.handles.get(at))];
        drop(first);
        drop(second);
      },
      { caller, callee, resources: [type] },
    );
    call(index, put(caller, [index, 0, 0, 0]), 1);
    expect(during).toMatchObject([
      2,
      [
        { rep: 42, own: false },
        { rep: 42, own: false },
      ],
    ]);
    expect(caller.instance.handles.get(index)).toMatchObject({ lends: 0 });
    expect(callee.instance.handles.size).toBe(0);
  });

  it('gives the implementer what its own resource stands for', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const type = ResourceType.ofGuest('file', callee.instance);
    let given: unknown;
    const call = fuse(engine, [borrow], undefined, (rep: number) => void (given = rep), {
      caller,
      callee,
      resources: [type],
    });
    call(owning(caller, type, 42));
    expect(given).toBe(42);
    expect(callee.instance.handles.size).toBe(0);
  });

  it('traps where the callee keeps what it borrowed, before it cleans up', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const type = ResourceType.ofGuest('file', caller.instance);
    let cleaned = false;
    const call = fuse(engine, [borrow], undefined, () => undefined, {
      caller,
      callee,
      resources: [type],
      postReturn: () => void (cleaned = true),
    });
    expect(failure(caller, () => call(owning(caller, type, 42)))).toContain('borrow handles still remain');
    expect(cleaned).toBe(false);
  });

  it('traps where a handle is given away that is lent in the same call', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const type = ResourceType.ofGuest('file', caller.instance);
    const call = fuse(engine, [borrow, own], undefined, () => undefined, {
      caller,
      callee,
      resources: [type],
    });
    const index = owning(caller, type, 42);
    expect(failure(caller, () => call(index, index))).toContain(
      'cannot remove owned resource while borrowed',
    );
  });

  it('takes all handles before it gives any', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const type = ResourceType.ofGuest('file', caller.instance);
    const call = fuse(engine, [list(own), own], undefined, () => undefined, {
      caller,
      callee,
      resources: [type],
    });
    const index = owning(caller, type, 42);
    const at = put(caller, [index, 0, 0, 0]);
    expect(failure(caller, () => call(at, 1, index))).toContain('unknown handle index');
    expect(callee.instance.handles.size).toBe(0);
    expect(callee.calls).toEqual([]);
  });
});
