import { thrown } from '@wit-ts/dev-support/thrown';
import type { Type, TypeDef } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import type { HostFunction } from './engine.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower, type FunctionSetup } from './fixtures/guest.ts';
import { ResourceHandle } from './handle-table.ts';
import { ComponentInstance } from './instance.ts';
import { resourceDrop, resourceNew, resourceRep } from './resource-builtins.ts';
import { resourceClass } from './resource-class.ts';
import { ResourceType } from './resource-type.ts';
import { Trap } from './trap.ts';

const counter: TypeDef = { name: 'counter', kind: { tag: 'resource' } };
const own: Type = { kind: { tag: 'own', resource: counter } };
const borrow: Type = { kind: { tag: 'borrow', resource: counter } };

function params(...types: Type[]): { params: { name: string; type: Type }[] } {
  return { params: types.map((type, index) => ({ name: `p${index}`, type })) };
}

/** Returns a guest that implements counters, and the list of the representations that it has dropped. */
function implementing(): { guest: Guest; type: ResourceType; dropped: number[]; setup: FunctionSetup } {
  const guest = new Guest();
  const dropped: number[] = [];
  const type = ResourceType.ofGuest('counter', guest.instance, (rep) => dropped.push(rep));
  return { guest, type, dropped, setup: { guest, resources: [type] } };
}

describe.each(engines)('resources of a guest (%s)', (_, engine) => {
  function make(setup: FunctionSetup, rep: number): Disposable {
    const { guest, resources } = setup;
    const call = lift(
      engine,
      { params: [], result: own },
      () => resourceNew(resources![0]!, guest!.instance)(rep),
      setup,
    );
    return call() as Disposable;
  }

  it('become objects of their class, whose methods receive the representation', () => {
    const { type, setup, guest } = implementing();
    const Counter = resourceClass(type, 'Counter');
    const object = make(setup, 7);
    expect(object).toBeInstanceOf(Counter);
    expect(Counter.name).toBe('Counter');
    expect(guest.instance.handles.size).toBe(0);
    const method = lift(engine, { ...params(borrow), result: 'u32' }, (rep: number) => rep * 2, {
      ...setup,
      call: 'method',
    });
    expect(method.call(object)).toBe(14);
  });

  it('are created with `new` by the constructor of the guest, also for subclasses', () => {
    const { type, setup, guest } = implementing();
    const Counter = resourceClass(type, 'Counter');
    expect(() => new Counter()).toThrow('Counter has no constructor');
    type.construct = lift(
      engine,
      { params: [{ name: 'start', type: 'u32' }], result: own },
      (start: number) => resourceNew(type, guest.instance)(start + 100),
      setup,
    ) as HostFunction;
    class Twice extends (Counter as new (start: number) => Disposable) {}
    const object = new Twice(1);
    expect(object).toBeInstanceOf(Twice);
    const rep = lift(engine, { ...params(borrow), result: 'u32' }, (value: number) => value, setup);
    expect(rep(object)).toBe(101);
  });

  it('are dropped once, by their owner', () => {
    const { setup, dropped, guest, type } = implementing();
    const object = make(setup, 7);
    object[Symbol.dispose]();
    expect(() => object[Symbol.dispose]()).toThrow(new TypeError('the counter was already dropped'));
    expect(dropped).toEqual([7]);
    const given = make(setup, 8);
    const drop = resourceDrop(type, guest.instance);
    lift(engine, params(own), (index: number) => void drop(index), setup)(given);
    given[Symbol.dispose]();
    expect(dropped).toEqual([7, 8]);
  });

  it('cannot be used after they were dropped or given away', () => {
    const { setup } = implementing();
    const object = make(setup, 7);
    object[Symbol.dispose]();
    const call = lift(engine, params(borrow), () => undefined, setup);
    expect(() => call(object)).toThrow(
      'process-data: argument p0: the counter was dropped, or given away, before',
    );
  });

  it('are refused when another resource is expected', () => {
    const first = implementing();
    const second = implementing();
    const call = lift(engine, params(borrow), () => undefined, second.setup);
    const message = 'process-data: argument p0: expected an object of the resource counter';
    expect(() => call(make(first.setup, 1))).toThrow(message);
    for (const value of [undefined, null, 1, {}, 'a', first]) expect(() => call(value)).toThrow(message);
  });

  it('cannot be lent and given away in one call', () => {
    const { setup, guest, dropped } = implementing();
    const object = make(setup, 7);
    for (const types of [
      [own, borrow],
      [borrow, own],
      [own, own],
    ]) {
      expect(() => lift(engine, params(...types), () => undefined, setup)(object, object)).toThrow(TypeError);
    }
    expect(guest.instance.handles.size).toBe(0);
    object[Symbol.dispose]();
    expect(dropped).toEqual([7]);
  });

  it('stay with the host when another argument has the wrong type', () => {
    const { setup, guest, dropped } = implementing();
    const [first, second] = [make(setup, 7), make(setup, 8)];
    const call = lift(engine, params(own, own, 'u8'), () => undefined, setup);
    expect(() => call(first, second, 256)).toThrow('argument p2: expected u8, got 256');
    expect(guest.instance.handles.size).toBe(0);
    const indices: number[] = [];
    lift(engine, params(own, own), (a: number, b: number) => void indices.push(a, b), setup)(first, second);
    expect(indices).toEqual([1, 2]);
    expect(dropped).toEqual([]);
  });

  it('cannot be used by the host after the call in which the guest lent them', () => {
    const { setup, guest, type } = implementing();
    const index = resourceNew(type, guest.instance)(7) as number;
    let kept: unknown;
    const rep = lift(engine, { ...params(borrow), result: 'u32' }, (value: number) => value, {
      resources: [type],
    });
    const callee = (object: Disposable): void => {
      object[Symbol.dispose]();
      kept = object;
    };
    lower(engine, params(borrow), callee, setup)(index);
    expect(() => rep(kept)).toThrow('was dropped, or given away, before');
    expect((guest.instance.handles.get(index) as ResourceHandle).lends).toBe(0);
  });

  it('cannot be dropped while their instance runs', () => {
    const { setup, guest, dropped } = implementing();
    const object = make(setup, 7);
    const busy = lift(
      engine,
      { params: [] },
      () => void (message = thrown(() => object[Symbol.dispose]()).message),
      { guest },
    );
    let message = '';
    busy();
    expect(message).toContain('cannot enter component instance');
    object[Symbol.dispose]();
    expect(dropped).toEqual([7]);
  });

  it('can be dropped without an error after their instance failed', () => {
    const { setup, guest } = implementing();
    const object = make(setup, 7);
    expect(() =>
      lift(
        engine,
        { params: [] },
        () => {
          throw new WebAssembly.RuntimeError('unreachable');
        },
        { guest },
      )(),
    ).toThrow(Trap);
    object[Symbol.dispose]();
  });

  it('pass between components as representations', () => {
    const { type, guest } = implementing();
    const user = new Guest();
    const setup = { guest, resources: [type], peer: 'component', caller: user.instance } as const;
    const giveOut = lift(
      engine,
      { params: [], result: own },
      () => resourceNew(type, guest.instance)(7),
      setup,
    );
    const take = lift(engine, { ...params(borrow), result: 'u32' }, (rep: number) => rep, setup);
    const userSetup = { guest: user, resources: [type], peer: 'component' } as const;
    const index = lower(engine, { params: [], result: own }, giveOut, userSetup)();
    expect(index).toBe(1);
    expect(lower(engine, { ...params(borrow), result: 'u32' }, take, userSetup)(index!)).toBe(7);
    expect((user.instance.handles.get(1) as ResourceHandle).lends).toBe(0);
  });
});

describe.each(engines)('resources of the host (%s)', (_, engine) => {
  class Stream {
    disposed = 0;
    [Symbol.dispose](): void {
      this.disposed += 1;
    }
    size(): number {
      return 42;
    }
  }

  it('are objects of the host, which the engine does not change', () => {
    const guest = new Guest();
    const setup = { guest, resources: [ResourceType.ofHost('counter', Stream)] };
    const object = Object.freeze(new Stream());
    const index = lower(engine, { params: [], result: own }, () => object, setup)() as number;
    expect(index).toBe(1);
    const size = lower(engine, { ...params(borrow), result: 'u32' }, undefined, {
      ...setup,
      style: { tag: 'method', name: 'size' },
    });
    expect(size(index)).toBe(42);
    let seen: unknown;
    lower(engine, params(own), (value: unknown) => void (seen = value), setup)(index);
    expect(seen).toBe(object);
    expect(guest.instance.handles.size).toBe(0);
  });

  it('are disposed of when an own handle is dropped, but not when a borrow is dropped', () => {
    const guest = new Guest();
    const type = ResourceType.ofHost('counter', Stream);
    const setup = { guest, resources: [type] };
    const drop = resourceDrop(type, guest.instance);
    const object = new Stream();
    drop(lower(engine, { params: [], result: own }, () => object, setup)() as number);
    expect(object.disposed).toBe(1);
    lift(engine, params(borrow), (index: number) => void drop(index), setup)(object);
    expect(object.disposed).toBe(1);
  });

  it('cause a trap when the guest keeps a borrowed handle', () => {
    const guest = new Guest();
    const setup = { guest, resources: [ResourceType.ofHost('counter')] };
    const error = thrown(() => lift(engine, params(borrow), () => undefined, setup)({}));
    expect(String(error)).toMatch(/^Trap: borrow handles still remain at the end of the call \(/u);
  });

  it('are taken back when a wrong argument prevents the call', () => {
    const guest = new Guest();
    const type = ResourceType.ofHost('counter');
    const setup = { guest, resources: [type] };
    const drop = resourceDrop(type, guest.instance);
    const call = lift(engine, params(borrow, 'u8'), (index: number) => void drop(index), setup);
    expect(() => call({}, 256)).toThrow(TypeError);
    call({}, 1);
    expect(guest.instance.handles.size).toBe(0);
  });

  it('are refused when they are of another class or not objects', () => {
    const strict = { resources: [ResourceType.ofHost('counter', Stream)] };
    const lenient = { resources: [ResourceType.ofHost('counter')] };
    expect(() => lift(engine, params(own), () => undefined, strict)(new Map())).toThrow(
      'argument p0: expected an object of the resource counter, got an object of the class Map',
    );
    for (const value of [undefined, null, 7, 'x', Promise.resolve({})]) {
      expect(() => lift(engine, params(own), () => undefined, lenient)(value)).toThrow(TypeError);
    }
  });

  it('count each time that they are lent in a list', () => {
    const guest = new Guest();
    const type = ResourceType.ofHost('counter');
    const index = guest.instance.handles.add(new ResourceHandle(type, {}, true, undefined));
    guest.bytes.set([index, 0, 0, 0, index, 0, 0, 0], 200);
    const handle = guest.instance.handles.get(index) as ResourceHandle;
    let lends = 0;
    const list: Type = { kind: { tag: 'list', element: borrow } };
    lower(engine, params(list), () => void (lends = handle.lends), { guest, resources: [type] })(200, 2);
    expect(lends).toBe(2);
    expect(handle.lends).toBe(0);
  });
});

describe.each(engines)('handles of a guest (%s)', (_, engine) => {
  function failing(
    index: number,
    prepare: (guest: Guest, type: ResourceType) => void,
    type: Type = own,
  ): string {
    const guest = new Guest();
    const resource = ResourceType.ofHost('counter');
    prepare(guest, resource);
    expect(() =>
      lower(engine, params(type), () => undefined, { guest, resources: [resource] })(index),
    ).toThrow();
    return guest.instance.failure!.message;
  }

  it('trap when their index is unknown', () => {
    expect(failing(0, () => undefined)).toMatch(/^unknown handle index 0 \(/u);
    expect(failing(-1, () => undefined)).toMatch(/^unknown handle index 4294967295 \(/u);
    expect(failing(1, () => undefined, borrow)).toMatch(/^unknown handle index 1 \(/u);
  });

  it('trap when they have the type of another resource', () => {
    const message = failing(1, (guest) => {
      guest.instance.handles.add(new ResourceHandle(ResourceType.ofHost('other'), {}, true, undefined));
    });
    expect(message).toContain(
      'handle index 1 used with the wrong type, expected a host-defined resource counter but found a host-defined resource other',
    );
  });

  it('cannot be given away while they are borrowed or lent', () => {
    const borrowed = failing(1, (guest, type) => {
      guest.instance.handles.add(new ResourceHandle(type, {}, false, { borrows: 1 }));
    });
    expect(borrowed).toContain('it is borrowed');
    const lent = failing(1, (guest, type) => {
      const handle = new ResourceHandle(type, {}, true, undefined);
      handle.lends = 1;
      guest.instance.handles.add(handle);
    });
    expect(lent).toContain('cannot remove owned resource while borrowed');
  });
});

describe('the built-ins of resources', () => {
  it('create a handle, return its representation and drop it', () => {
    const { guest, type, dropped } = implementing();
    const index = resourceNew(type, guest.instance)(-1) as number;
    expect(resourceRep(type, guest.instance)(index)).toBe(-1);
    resourceDrop(type, guest.instance)(index);
    expect(dropped).toEqual([-1]);
    expect(() => resourceRep(type, guest.instance)(index)).toThrow();
    expect(guest.instance.failure?.message).toBe('unknown handle index 1 (running `resource.rep` of guest)');
  });

  it('trap while the instance may not leave, except resource.rep', () => {
    const { guest, type } = implementing();
    const index = resourceNew(type, guest.instance)(5) as number;
    guest.instance.mayLeave = false;
    expect(resourceRep(type, guest.instance)(index)).toBe(5);
    expect(() => resourceNew(type, guest.instance)(1)).toThrow();
    expect(guest.instance.failure?.message).toBe(
      'cannot leave component instance (running `resource.new` of guest)',
    );
    expect(() => resourceDrop(type, guest.instance)(index)).toThrow();
  });

  it('run the destructor in its own instance, and fail if it fails', () => {
    const implementer = new ComponentInstance('implementer');
    const user = new ComponentInstance('user');
    const type = ResourceType.ofGuest('counter', implementer, () => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    const index = user.handles.add(new ResourceHandle(type, 1, true, undefined));
    expect(() => resourceDrop(type, user)(index)).toThrow();
    expect(user.failure).toBe(implementer.failure);
    expect(user.failure?.message).toBe(
      'wasm trap: unreachable (running `[resource-drop]counter` of implementer)',
    );
  });
});
