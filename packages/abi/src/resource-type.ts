import type { HostFunction } from './engine.ts';
import { type ComponentInstance, enteringSet } from './instance.ts';

/** Where a host's object of a guest resource keeps its `ResourceHandle`. */
export const HANDLE: unique symbol = Symbol('resource handle');

/** Nothing is an instance of it. */
export const NoClass = { [Symbol.hasInstance]: (): boolean => false };

/** A class of the host, whose objects are the values of a host resource. */
export type HostClass = abstract new (...args: never[]) => object;

/**
 * A resource type. Types are generative: each instantiation of a component that defines one makes a new one, and two are the
 * same only if they are the same object (`Explainer.md`, "Handle types").
 */
export class ResourceType {
  /** WIT's name of the resource, for messages: `input-stream`. */
  readonly name: string;
  /** The instance that implements the resource; `undefined` where the host does. */
  readonly implementer: ComponentInstance | undefined;
  /**
   * For a guest resource the core function that is called with the representation when its last owner drops it. A host
   * resource needs none: its object's `Symbol.dispose` is called, if it has one.
   */
  destructor: ((rep: number) => unknown) | undefined;
  /** For a host resource: what its objects must be instances of. Any object will do where it is absent. */
  readonly hostClass: HostClass | undefined;
  /** For a guest resource: the lifted constructor, which `new` of its class calls. */
  construct: HostFunction | undefined;
  /** How messages name dropping a resource of the type. */
  readonly dropName: string;
  /** For a guest resource: what is entered where the host drops one. */
  readonly entering: readonly ComponentInstance[];
  /** For a guest resource: makes the host's objects. `resourceClass` sets it. */
  wrapper: (new (handle: object) => object) | undefined;
  /** For a guest resource: the handle that objects hold after they were disposed of. */
  dropped: object | undefined;

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
    this.destructor = undefined;
    this.construct = undefined;
    this.wrapper = undefined;
    this.dropped = undefined;
  }

  /** A resource type that the instance defines. */
  static ofGuest(
    name: string,
    implementer: ComponentInstance,
    destructor?: (rep: number) => unknown,
  ): ResourceType {
    const type = new ResourceType(name, implementer, undefined);
    type.destructor = destructor;
    return type;
  }

  /** A resource type that the host implements. */
  static ofHost(name: string, hostClass?: HostClass): ResourceType {
    return new ResourceType(name, undefined, hostClass);
  }
}
