import { dispose } from '@wit-ts/mapping';
import { ResourceHandle } from './handle-table.ts';
import { enter } from './helpers/calls.ts';
import { CALLING, failed } from './helpers/traps.ts';
import { show } from './helpers/describe.ts';
import { isError } from './helpers/value-kinds.ts';
import { ignoreRejection } from './helpers/refused-promises.ts';
import type { ComponentInstance } from './instance.ts';
import { HANDLE, type ResourceType } from './resource-type.ts';
import { Trap } from './trap.ts';

/** The host's object of a guest resource. The methods of the resource are properties of the class's prototype. */
export interface GuestResource {
  /**
   * Drops the resource, if this object still owns it. A resource that was given away belongs to its new owner and is
   * left alone.
   *
   * @throws TypeError when the resource was already dropped
   */
  [Symbol.dispose](): void;
}

export type GuestClass = new (...args: never[]) => GuestResource;

/**
 * Makes the JavaScript class of a guest resource. `new` calls `type.construct`, the lifted constructor. An object
 * that becomes unreachable without being disposed of is dropped when it is garbage collected.
 *
 * @param name the name of the class: `InputStream`
 */
export function resourceClass(type: ResourceType, name: string): GuestClass {
  const made = {
    [name]: class {
      constructor(...args: readonly never[]) {
        if (type.construct === undefined) throw noConstructor(name);
        const object = type.construct(...args) as object;
        adopt(object, new.target);
        // oxlint-disable-next-line no-constructor-return -- the component makes the object, not `new`
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
  return new TypeError(`${name} has no constructor: only the component makes its objects`);
}

/** Gives an object that a component made the prototype of the subclass that was constructed. */
export function adopt(object: object, target: { readonly prototype: unknown }): void {
  if (target.prototype !== Object.getPrototypeOf(object)) {
    Object.setPrototypeOf(object, target.prototype as object);
  }
}

/**
 * Makes a constructor for objects of a class that does not run the class's own constructor, which calls the
 * component.
 */
function wrapperFor(prototype: object): new (handle: object) => object {
  // oxlint-disable-next-line consistent-function-scoping -- each needs a prototype of its own
  function Wrapper(this: { [HANDLE]: object }, handle: object): void {
    this[HANDLE] = handle;
  }
  Wrapper.prototype = prototype;
  return Wrapper as unknown as new (handle: object) => object;
}

/** Makes the host's object for a handle of a guest resource. */
export function makeResource(type: ResourceType, handle: ResourceHandle): object {
  const object = new (wrapperOf(type))(handle);
  return handle.own ? track(object, handle) : object;
}

/** Returns the constructor of the host's objects of a resource. */
export function wrapperOf(type: ResourceType): new (handle: object) => object {
  if (type.wrapper === undefined) resourceClass(type, type.name);
  return type.wrapper!;
}

/** Returns the handle that a host's object of a guest resource holds, if it is such an object. */
export function handleOf(value: unknown): ResourceHandle | undefined {
  if (typeof value !== 'object' || value === null || !(HANDLE in value)) return undefined;
  return value[HANDLE] instanceof ResourceHandle ? value[HANDLE] : undefined;
}

/**
 * Disposes of an object that holds a handle. @throws TypeError when it was disposed of before, and what
 * `dropFromHost` throws
 */
export function disposeOf(object: object, handle: ResourceHandle): void {
  const { type } = handle;
  if (handle === type.dropped) throw new TypeError(`the ${type.name} was already dropped`);
  if (!handle.own || handle.rep === undefined) return;
  dropFromHost(handle);
  Reflect.set(object, HANDLE, droppedOf(type));
}

/** Returns the empty handle that objects hold after their resource was dropped. All objects of a type share it. */
export function droppedOf(type: ResourceType): object {
  return (type.dropped ??= new ResourceHandle(type, undefined, true, undefined));
}

/** Drops a resource that the host owns. @throws Trap when the implementing component is running, or fails */
function dropFromHost(handle: ResourceHandle): void {
  const { type, rep, own } = handle;
  const { implementer } = type;
  if (!own || rep === undefined || implementer === undefined) return;
  // The resources of an unusable instance are gone with it. Cleaning up must not hide the original error.
  if (type.entering.every(({ failure }) => failure === undefined)) {
    const drop = (): void => dropGuest(type, implementer, type.entering, rep as number);
    if (type.whenFree) type.whenFree(drop);
    else drop();
  }
  forget(handle);
}

/** Marks the resource behind a handle as no longer owned by the host. */
export function forget(handle: ResourceHandle): void {
  handle.rep = undefined;
  forgotten.unregister(handle);
}

/**
 * Drops a guest resource whose last owner is gone. Its destructor runs under the same rules as any call into its
 * instance.
 */
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
    implementer.failure ??= error as Error;
    throw failed(implementer, error, CALLING, type.dropName);
  }
  // Not a call of `leave`, which could fail at the end of the stack.
  for (let i = 0; i < instances.length; i += 1) instances[i]!.mayEnter = true;
}

/** Drops a host resource whose last owner is gone. @throws Trap when the host throws */
export function dropHost(type: ResourceType, object: unknown): void {
  try {
    // Dropping cannot wait: a promise is left alone, and so is its error.
    ignoreRejection((object as Partial<Record<symbol, () => unknown>>)[dispose]?.());
  } catch (error) {
    const message = isError(error) ? error.message : show(error);
    throw new Trap(`disposing of the host's ${type.name} threw: ${message}`, { cause: error });
  }
}

const forgotten = /* @__PURE__ */ new FinalizationRegistry<ResourceHandle>((handle) => {
  try {
    dropFromHost(handle);
  } catch {
    // There is no caller to report to. The instance keeps the error and reports it at its next call.
  }
});

/** Registers an object, so that its resource is dropped when the object is garbage collected. */
export function track(object: object, handle: ResourceHandle): object {
  forgotten.register(object, handle, handle);
  return object;
}
