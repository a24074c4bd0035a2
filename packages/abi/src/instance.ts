import { HandleTable } from './handle-table.ts';

/** The state of one instance of a component (`CanonicalABI.md`, "Component Instances"). */
export class ComponentInstance {
  /** How messages name it. */
  readonly name: string;
  /** The instance of the component that instantiated this one; `undefined` where the host did. */
  readonly parent: ComponentInstance | undefined;
  readonly handles: HandleTable;
  /** False while the instance, or one inside it, is running; stays false after a trap. */
  mayEnter = true;
  /** False during realloc and post-return, when the instance may call nothing outside itself. */
  mayLeave = true;
  /** What made the instance unusable: the `Trap`, or the `TypeError` about a value that a host function gave. */
  failure: Error | undefined = undefined;

  /** @param maxHandles how many handles its table may hold at once */
  constructor(name: string, parent?: ComponentInstance, maxHandles?: number) {
    this.name = name;
    this.parent = parent;
    this.handles = new HandleTable(maxHandles);
  }
}

/**
 * The instances that a call enters: the callee and its ancestors without the caller and its ancestors, so that a parent may
 * call its child and the child its parent, but nothing is entered twice. No caller means that the host calls.
 */
export function enteringSet(
  callee: ComponentInstance,
  caller: ComponentInstance | undefined,
): ComponentInstance[] {
  const outside = new Set<ComponentInstance>();
  for (let at = caller; at !== undefined; at = at.parent) outside.add(at);
  const entered: ComponentInstance[] = [];
  for (let at: ComponentInstance | undefined = callee; at !== undefined; at = at.parent) {
    if (!outside.has(at)) entered.push(at);
  }
  return entered;
}
