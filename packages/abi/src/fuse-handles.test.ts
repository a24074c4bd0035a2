import type { Type, TypeDef } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { failure, fuse, put } from './fixtures/fuse.ts';
import { Guest } from './fixtures/guest.ts';
import { list } from './fixtures/types.ts';
import { ResourceHandle } from './handle-table.ts';
import { resourceDrop } from './resource-builtins.ts';
import { ResourceType } from './resource-type.ts';

function owning(guest: Guest, type: ResourceType, rep: number): number {
  return guest.instance.handles.add(new ResourceHandle(type, rep, true, undefined));
}

describe.each(engines)('a call between components that passes handles (%s)', (_, engine) => {
  const definition: TypeDef = { name: 'file', kind: { tag: 'resource' } };
  const own: Type = { kind: { tag: 'own', resource: definition } };
  const borrow: Type = { kind: { tag: 'borrow', resource: definition } };

  it('moves an owned handle to the other table, and back', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const type = ResourceType.ofGuest('file', caller.instance);
    const call = fuse(engine, [own], own, (index: number) => index, { caller, callee, resources: [type] });
    const index = owning(caller, type, 42);
    expect(call(index)).toBe(index);
    expect(caller.instance.handles.get(index)).toMatchObject({ rep: 42, own: true });
    expect(callee.instance.handles.size).toBe(0);
  });

  it('lends borrowed handles until the call ends', () => {
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

  it('passes the representation to the component that implements the resource', () => {
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

  it('traps before post-return when the callee keeps a borrowed handle', () => {
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

  it('traps when it both lends a handle and gives it away', () => {
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

  it('removes all handles from the caller before it adds any to the callee', () => {
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
