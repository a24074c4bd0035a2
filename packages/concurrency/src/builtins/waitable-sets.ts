import { cannotLeave, type ComponentInstance, type CoreFunction, Trap } from '@wit-ts/abi';
import { waitUntil } from '../blocking.ts';
import type { Store } from '../store.ts';
import { CANCELLED_EVENT, type Event, NO_EVENT, Waitable, WaitableSet } from '../waitable.ts';
import { coreFunction } from './core-function.ts';
import { addressOf } from './core-values.ts';

/** `canon waitable-set.new` (`CanonicalABI.md`). */
export function waitableSetNew(instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'waitable-set.new', () => {
    if (!instance.mayLeave) throw cannotLeave();
    return instance.handles.add(new WaitableSet());
  });
}

/** `canon waitable-set.wait`: stores the payload of the event, and returns its code. */
export function waitableSetWait(
  store: Store,
  instance: ComponentInstance,
  memory: WebAssembly.Memory,
  cancellable: boolean,
): CoreFunction {
  return coreFunction(instance, 'waitable-set.wait', (index, ptr) => {
    if (!instance.mayLeave) throw cannotLeave();
    const set = setAt(instance, index as number);
    const thread = store.current;
    return waitUntil(store, {
      cancellable,
      reason: { what: 'an event' },
      ready: () => set.hasPendingEvent,
      started: () => {
        thread.awaited = set;
        set.waiting.add(thread);
      },
      stopped: () => {
        thread.awaited = undefined;
        set.waiting.delete(thread);
      },
      finish: (cancelled) => stored(memory, ptr!, cancelled ? CANCELLED_EVENT : set.takePendingEvent()),
    });
  });
}

/** `canon waitable-set.poll`: does not wait. */
export function waitableSetPoll(
  store: Store,
  instance: ComponentInstance,
  memory: WebAssembly.Memory,
  cancellable: boolean,
): CoreFunction {
  return coreFunction(instance, 'waitable-set.poll', (index, ptr) => {
    if (!instance.mayLeave) throw cannotLeave();
    const set = setAt(instance, index as number);
    if (store.current.task.deliverPendingCancel(cancellable)) return stored(memory, ptr!, CANCELLED_EVENT);
    return stored(memory, ptr!, set.hasPendingEvent ? set.takePendingEvent() : NO_EVENT);
  });
}

/** `unpack_event`. @throws Trap when the address is misaligned or out of bounds */
function stored(memory: WebAssembly.Memory, ptr: number | bigint, [code, index, payload]: Event): number {
  const address = addressOf(ptr);
  if (address % 4 !== 0) throw new Trap(`the address of an event, ${address}, is not aligned`);
  if (address + 8 > memory.buffer.byteLength)
    throw new Trap(`the address of an event, ${address}, is out of bounds of memory`);
  const view = new DataView(memory.buffer);
  view.setUint32(address, index, true);
  view.setUint32(address + 4, payload, true);
  return code;
}

/** `canon waitable-set.drop`. */
export function waitableSetDrop(instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'waitable-set.drop', (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    const set = setAt(instance, index as number);
    instance.handles.free(index as number);
    set.drop();
    return undefined;
  });
}

/** `canon waitable.join`. */
export function waitableJoin(instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'waitable.join', (index, setIndex) => {
    if (!instance.mayLeave) throw cannotLeave();
    const waitable = instance.handles.get(index as number);
    if (!(waitable instanceof Waitable))
      throw new Trap(`handle index ${Number(index) >>> 0} is not a waitable`);
    waitable.join(setIndex === 0 ? undefined : setAt(instance, setIndex as number));
    return undefined;
  });
}

/** @throws Trap when there is no waitable set at the index */
function setAt(instance: ComponentInstance, index: number): WaitableSet {
  const set = instance.handles.get(index);
  if (!(set instanceof WaitableSet)) throw new Trap(`handle index ${index >>> 0} is not a waitable set`);
  return set;
}
