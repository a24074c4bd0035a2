import { ResourceHandle } from './handle-table.ts';
import { CALLING, enter, failed, leave } from './helpers/calls.ts';
import { show } from './helpers/describe.ts';
import type { ComponentInstance } from './instance.ts';
import { HANDLE, type ResourceType } from './resource-type.ts';
import { Trap } from './trap.ts';

/** A guest resource as the host sees it. Its methods are put on the prototype by those who know them. */
export interface GuestResource {
  /**
   * Drops the resource, if this object owns it still. What was given away belongs to somebody else, and is left alone.
   *
   * @throws TypeError where it was dropped before
   */
  [Symbol.dispose](): void;
}

/** Where the platform has no `Symbol.dispose`, hosts in the field use this name for it. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');

export type GuestClass = new (...args: never[]) => GuestResource;

/**
 * Makes the class of a guest resource for the host. Its `new` calls `type.construct`, the lifted constructor. An object that
 * the host forgets without disposing of it is dropped when it is collected.
 *
 * @param name the class's name in JavaScript: `InputStream`
 */
export function resourceClass(type: ResourceType, name: string): GuestClass {
  const made = {
    [name]: class {
      constructor(...args: readonly never[]) {
        if (type.construct === undefined) throw noConstructor(name);
        const object = type.construct(...args) as object;
        adopt(object, new.target);
        // oxlint-disable-next-line no-constructor-return -- the component makes the object, `new` only looks as if it did
        return object as never;
      }

      [dispose](): void {
        const handle: unknown = Reflect.get(this, HANDLE);
        if (handle instanceof ResourceHandle) disposeOf(this, handle);
      }
    },
  }[name]!;
  type.wrapper = wrapperFor(made.prototype);
  return made;
}

export function noConstructor(name: string): TypeError {
  return new TypeError(`${name} has no constructor: ask the component for one`);
}

/** Makes an object that the component gave to a constructor one of the class that was called. */
export function adopt(object: object, target: { readonly prototype: unknown }): void {
  if (target.prototype !== Object.getPrototypeOf(object)) {
    Object.setPrototypeOf(object, target.prototype as object);
  }
}

/** Objects of a class without calling its constructor, which is the user's way to ask the component for one. */
function wrapperFor(prototype: object): new (handle: object) => object {
  // oxlint-disable-next-line consistent-function-scoping -- each needs a prototype of its own
  function Wrapper(this: { [HANDLE]: object }, handle: object): void {
    this[HANDLE] = handle;
  }
  Wrapper.prototype = prototype;
  return Wrapper as unknown as new (handle: object) => object;
}

/** The host's object for a handle of a guest resource. */
export function makeResource(type: ResourceType, handle: ResourceHandle): object {
  const object = new (wrapperOf(type))(handle);
  return handle.own ? track(object, handle) : object;
}

/** What makes the host's objects of a resource. */
export function wrapperOf(type: ResourceType): new (handle: object) => object {
  if (type.wrapper === undefined) resourceClass(type, type.name);
  return type.wrapper!;
}

/** The handle that a host's object of a guest resource holds. */
export function resourceOf(value: unknown): ResourceHandle | undefined {
  if (typeof value !== 'object' || value === null || !(HANDLE in value)) return undefined;
  return value[HANDLE] instanceof ResourceHandle ? value[HANDLE] : undefined;
}

/** The host disposes of an object that holds a handle. @throws TypeError where it did so before, and what `dropFromHost` throws */
export function disposeOf(object: object, handle: ResourceHandle): void {
  const { type } = handle;
  if (handle === type.dropped) throw new TypeError(`the ${type.name} was dropped before`);
  if (!handle.own || handle.rep === undefined) return;
  dropFromHost(handle);
  Reflect.set(object, HANDLE, droppedOf(type));
}

/** What objects hold whose resource was dropped: a handle of nothing, one for all objects of the type. */
export function droppedOf(type: ResourceType): object {
  return (type.dropped ??= new ResourceHandle(type, undefined, true, undefined));
}

/** Drops a resource that the host owns. @throws Trap where the component that implements it is running, or fails */
export function dropFromHost(handle: ResourceHandle): void {
  const { type, rep, own } = handle;
  const { implementer } = type;
  if (!own || rep === undefined || implementer === undefined) return;
  // What an unusable instance implemented is gone with it, and cleaning up must not hide what went wrong.
  if (type.entering.every(({ failure }) => failure === undefined))
    dropGuest(type, implementer, type.entering, rep as number);
  forget(handle);
}

/** The host no longer owns what the handle stood for. */
export function forget(handle: ResourceHandle): void {
  handle.rep = undefined;
  forgotten.unregister(handle);
}

/** The last owner of a guest resource drops it: its destructor runs, under the same rules as any call into its instance. */
export function dropGuest(
  type: ResourceType,
  implementer: ComponentInstance,
  instances: readonly ComponentInstance[],
  rep: number,
): void {
  enter(instances, type.dropName);
  try {
    type.destructor?.(rep);
  } catch (error) {
    throw failed(implementer, error, CALLING, type.dropName);
  }
  leave(instances);
}

/** The last owner of a host resource drops it. @throws Trap where the host throws */
export function dropHost(type: ResourceType, object: unknown): void {
  try {
    (object as Partial<Disposable>)[dispose]?.();
  } catch (error) {
    const message = error instanceof Error ? error.message : show(error);
    throw new Trap(`disposing of the host's ${type.name} threw: ${message}`, { cause: error });
  }
}

const forgotten = new FinalizationRegistry<ResourceHandle>((handle) => {
  try {
    dropFromHost(handle);
  } catch {
    // Nobody is there to be told; the instance has noted what happened, and says so at its next call.
  }
});

/** The host owns what the handle stands for, as long as it has the object. */
export function track(object: object, handle: ResourceHandle): object {
  forgotten.register(object, handle, handle);
  return object;
}
