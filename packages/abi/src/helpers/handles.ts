import { ResourceHandle, type BorrowScope } from '../handle-table.ts';
import type { ComponentInstance } from '../instance.ts';
import { forget, makeResource, handleOf } from '../resource-class.ts';
import type { ResourceType } from '../resource-type.ts';
import { Trap } from '../trap.ts';
import { bad } from './mismatch.ts';
import { isThenable } from './value-kinds.ts';

/**
 * `lift_own` for the host: returns the host's own object, or an object of the guest resource's class. @throws Trap
 */
export function liftOwn(instance: ComponentInstance, type: ResourceType, index: number): unknown {
  const handle = takeOwn(instance, type, index);
  return type.implementer === undefined ? handle.rep : makeResource(type, handle);
}

/** `lift_own`. @throws Trap */
export function liftOwnRep(instance: ComponentInstance, type: ResourceType, index: number): unknown {
  return takeOwn(instance, type, index).rep;
}

/** Removes and returns the own handle at an index. @throws Trap */
export function takeOwn(instance: ComponentInstance, type: ResourceType, index: number): ResourceHandle {
  const handle = handleAt(instance, type, index);
  if (handle.lends !== 0) throw new Trap('cannot remove owned resource while borrowed');
  if (!handle.own)
    throw new Trap(`cannot give away the ${type.name} at handle index ${index >>> 0}: it is borrowed`);
  instance.handles.free(index);
  return handle;
}

/** `lift_borrow`: the handle is lent until `endLend`. @throws Trap */
export function lend(instance: ComponentInstance, type: ResourceType, index: number): ResourceHandle {
  const handle = handleAt(instance, type, index);
  handle.lends += 1;
  return handle;
}

/** Returns what the host receives for a handle that is lent to it. */
export function borrowed(handle: ResourceHandle): unknown {
  const { type } = handle;
  if (type.implementer === undefined) return handle.rep;
  return makeResource(type, new ResourceHandle(type, handle.rep, false, undefined));
}

/**
 * Ends the lending of a handle after the call. The host's object of a guest resource is unusable from now on.
 *
 * @param value what the host received; `undefined` when another component received the representation
 */
export function endLend(handle: ResourceHandle, value: unknown): void {
  handle.lends -= 1;
  if (value !== undefined && handle.type.implementer !== undefined) handleOf(value)!.rep = undefined;
}

/** `lift_borrow` inside other values. `lent` collects pairs: the handle and what the host received. @throws Trap */
export function liftBorrow(
  instance: ComponentInstance,
  type: ResourceType,
  index: number,
  lent: (ResourceHandle | unknown)[],
): unknown {
  const handle = lend(instance, type, index);
  const value = borrowed(handle);
  lent.push(handle, value);
  return value;
}

export function liftBorrowRep(
  instance: ComponentInstance,
  type: ResourceType,
  index: number,
  lent: (ResourceHandle | unknown)[],
): unknown {
  const handle = lend(instance, type, index);
  lent.push(handle, undefined);
  return handle.rep;
}

/** Ends the lending of the handles in `lent`. */
export function endLends(lent: readonly unknown[]): void {
  for (let i = 0; i < lent.length; i += 2) endLend(lent[i] as ResourceHandle, lent[i + 1]);
}

/**
 * The handles that lowering has added to the table during a call. When all values fit, the host's objects give up
 * what they own. When one does not fit, the table is restored.
 */
export class Moved {
  /** True when there are handles. Objects that need no entry in the table leave nothing here. */
  any = false;
  readonly #entries: {
    readonly index: number;
    readonly held: ResourceHandle | undefined;
    readonly own: boolean;
  }[] = [];

  /** Checks, before `add`, that an object that is given away is not used a second time. */
  check(held: ResourceHandle, own: boolean): void {
    if (this.#entries.some((entry) => entry.held === held && (entry.own || own))) bad();
  }

  /** @param index 0 for a borrow that needs no entry in the table */
  add(index: number, held: ResourceHandle | undefined, own: boolean): void {
    this.#entries.push({ index, held, own });
    this.any = true;
  }

  giveAway(): void {
    for (const { held, own } of this.#entries) if (own && held !== undefined) forget(held);
    this.#clear();
  }

  giveBack(instance: ComponentInstance, scope: BorrowScope): void {
    for (const { index } of this.#entries.toReversed()) if (index !== 0) instance.handles.remove(index);
    scope.borrows = 0;
    this.#clear();
  }

  #clear(): void {
    this.#entries.length = 0;
    this.any = false;
  }
}

/** `lower_own` for a host value. `handle` is what the value holds under `HANDLE`. */
export function lowerOwn(
  instance: ComponentInstance,
  type: ResourceType,
  value: unknown,
  handle: unknown,
  moved: Moved | undefined,
): number {
  if (type.implementer === undefined) {
    const index = lowerOwnRep(instance, type, checkHostObject(type, value));
    moved?.add(index, undefined, true);
    return index;
  }
  const held = checkGuestObject(type, handle);
  if (!held.own) return bad();
  moved?.check(held, true);
  const index = lowerOwnRep(instance, type, held.rep);
  if (moved === undefined) forget(held);
  else moved.add(index, held, true);
  return index;
}

export function lowerOwnRep(instance: ComponentInstance, type: ResourceType, rep: unknown): number {
  return instance.handles.add(new ResourceHandle(type, rep, true, undefined));
}

/** `lower_borrow` for a host value. */
export function lowerBorrow(
  instance: ComponentInstance,
  type: ResourceType,
  value: unknown,
  handle: unknown,
  scope: BorrowScope,
  moved: Moved | undefined,
): number {
  const held = type.implementer === undefined ? undefined : checkGuestObject(type, handle);
  if (held !== undefined) moved?.check(held, false);
  const rep = held === undefined ? checkHostObject(type, value) : held.rep;
  const index = lowerBorrowRep(instance, type, rep, scope);
  moved?.add(type.implementer === instance ? 0 : index, held, false);
  return index;
}

export function lowerBorrowRep(
  instance: ComponentInstance,
  type: ResourceType,
  rep: unknown,
  scope: BorrowScope,
): number {
  if (type.implementer === instance) return rep as number;
  scope.borrows += 1;
  return instance.handles.add(new ResourceHandle(type, rep, false, scope));
}

/** Checks that a call has dropped all its borrows when it returns. @throws Trap */
export function checkBorrows(scope: BorrowScope): void {
  if (scope.borrows !== 0) throw new Trap('borrow handles still remain at the end of the call');
}

function checkHostObject(type: ResourceType, value: unknown): object {
  const { hostClass } = type;
  if (hostClass !== undefined) return value instanceof hostClass ? value : bad(value);
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return bad(value);
  return isThenable(value) ? bad(value) : value;
}

function checkGuestObject(type: ResourceType, handle: unknown): ResourceHandle {
  if (!(handle instanceof ResourceHandle) || handle.type !== type || handle.rep === undefined) return bad();
  return handle;
}

/** Returns the handle at an index of the table. @throws Trap when there is none, or one of another type */
export function handleAt(instance: ComponentInstance, type: ResourceType, index: number): ResourceHandle {
  const entry = instance.handles.get(index);
  if (entry instanceof ResourceHandle && entry.type === type) return entry;
  const found =
    entry instanceof ResourceHandle ? `${kind(entry.type)} resource ${entry.type.name}` : 'no resource';
  throw new Trap(
    `handle index ${index >>> 0} used with the wrong type, ` +
      `expected ${kind(type)} resource ${type.name} but found ${found}`,
  );
}

function kind(type: ResourceType): string {
  return type.implementer === undefined ? 'a host-defined' : 'a guest-defined';
}
