import type { HostFunction } from './engine.ts';
import { type ComponentInstance, enteringSet } from './instance.ts';

/** The key under which a host's object of a guest resource holds its `ResourceHandle`. */
export const HANDLE: unique symbol = Symbol('resource handle');

/** A class without instances. */
export const NoClass = { [Symbol.hasInstance]: (): boolean => false };

/** A class of the host. Its instances are the values of a host resource. */
export type HostClass = abstract new (...args: never[]) => object;

/**
 * A resource type. Types are generative: each instantiation of a component that defines a type makes a new one. Two
 * types are the same only if they are the same object (`Explainer.md`, "Handle types").
 */
export class ResourceType {
  /** The WIT name of the resource, for messages: `input-stream`. */
  readonly name: string;
  /** The instance that implements the resource; `undefined` if the host does. */
  readonly implementer: ComponentInstance | undefined;
  /**
   * The destructor of a guest resource: a core function that is called with the representation when the last owner
   * drops it. A host resource needs none: the `Symbol.dispose` method of its object is called, if there is one.
   */
  destructor: ((rep: number) => unknown) | undefined = undefined;
  /** The class of a host resource's objects. Without a class, any object is accepted. */
  readonly hostClass: HostClass | undefined;
  /** The lifted constructor of a guest resource, which `new` of its class calls. */
  construct: HostFunction | undefined = undefined;
  /** The name of dropping the resource in messages. */
  readonly dropName: string;
  /** The instances that are entered when the host drops a guest resource. */
  readonly entering: readonly ComponentInstance[];
  /** The constructor of the host's objects of a guest resource. `resourceClass` sets it. */
  wrapper: (new (handle: object) => object) | undefined = undefined;
  /** Lets a drop by the host wait while a suspended call keeps the implementer from being entered. */
  whenFree: ((drop: () => void) => void) | undefined = undefined;
  /** The handle that objects of a guest resource hold after they were disposed of. */
  dropped: object | undefined = undefined;

  private constructor(
    name: string,
    implementer: ComponentInstance | undefined,
    hostClass: HostClass | undefined,
  ) {
    this.name = name;
    this.implementer = implementer;
    this.hostClass = hostClass;
    this.dropName = `[resource-drop]${name}`;
    this.entering = implementer === undefined ? [] : enteringSet(implementer, undefined);
  }

  /** Makes a resource type that a component instance implements. */
  static ofGuest(
    name: string,
    implementer: ComponentInstance,
    destructor?: (rep: number) => unknown,
  ): ResourceType {
    const type = new ResourceType(name, implementer, undefined);
    type.destructor = destructor;
    return type;
  }

  /** Makes a resource type that the host implements. */
  static ofHost(name: string, hostClass?: HostClass): ResourceType {
    return new ResourceType(name, undefined, hostClass);
  }
}
