import { HandleTable } from './handle-table.ts';

/** The state of one instance of a component (`CanonicalABI.md`, "Component Instances"). */
export class ComponentInstance {
  /** The name of the instance in messages. */
  readonly name: string;
  /** The instance of the component that instantiated this one; `undefined` if the host did. */
  readonly parent: ComponentInstance | undefined;
  readonly handles: HandleTable;
  /** False while the instance, or one inside it, is running. It stays false after a trap. */
  mayEnter = true;
  /** False during realloc and post-return, when the instance may call nothing outside itself. */
  mayLeave = true;
  /**
   * The error that made the instance unusable: a `Trap`, or a `TypeError` about a value that a host function
   * returned.
   */
  failure: Error | undefined = undefined;

  constructor(name: string, parent?: ComponentInstance, handles = new HandleTable()) {
    this.name = name;
    this.parent = parent;
    this.handles = handles;
  }
}

/**
 * Returns the instances that a call enters: the callee and its ancestors, without the caller and its ancestors. So a
 * parent may call its child and a child its parent, but no instance is entered twice.
 *
 * @param caller absent when the host calls
 */
export function enteringSet<Instance extends { readonly parent: Instance | undefined }>(
  callee: Instance,
  caller: Instance | undefined,
): Instance[] {
  const outside = new Set<Instance>();
  for (let at = caller; at !== undefined; at = at.parent) outside.add(at);
  const entered: Instance[] = [];
  for (let at: Instance | undefined = callee; at !== undefined; at = at.parent) {
    if (!outside.has(at)) entered.push(at);
  }
  return entered;
}
