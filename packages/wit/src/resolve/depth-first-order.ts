/** A need of one node for another. The target is absent if it is not among the nodes. */
interface Need<T> {
  readonly to: T | undefined;
}

/** A node on the path of a walk, and the need that the walk follows from it. */
export interface WalkStep<T, N extends Need<T>> {
  readonly node: T;
  readonly need: N;
}

interface Visit<T, N> {
  readonly node: T;
  readonly needs: readonly N[];
  next: number;
}

/** More cycles than these are not reported: each may be as long as the path. */
const MAX_CYCLES = 100;

/**
 * Returns the nodes in their order, but each after those that it needs, as a depth-first walk finds them.
 *
 * @param onCycle receives each of the first cycles: the steps from a node back to itself. The need that closes one is
 *   not followed.
 */
export function depthFirstOrder<T, N extends Need<T>>(
  nodes: Iterable<T>,
  needsOf: (node: T) => readonly N[],
  onCycle: (cycle: readonly WalkStep<T, N>[]) => void = () => undefined,
): T[] {
  const order: T[] = [];
  const done = new Set<T>();
  let cycles = 0;
  for (const root of nodes) {
    if (done.has(root)) continue;
    // A list instead of recursion, because a chain of needs can be as long as a hostile input.
    const stack: Visit<T, N>[] = [{ node: root, needs: needsOf(root), next: 0 }];
    const open = new Set([root]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const need = top.needs[top.next];
      top.next += 1;
      if (need === undefined) {
        stack.pop();
        open.delete(top.node);
        done.add(top.node);
        order.push(top.node);
      } else if (need.to !== undefined && open.has(need.to)) {
        cycles += 1;
        if (cycles > MAX_CYCLES) continue;
        const start = stack.findIndex(({ node }) => node === need.to);
        onCycle(stack.slice(start).map(({ node, needs, next }) => ({ node, need: needs[next - 1]! })));
      } else if (need.to !== undefined && !done.has(need.to)) {
        open.add(need.to);
        stack.push({ node: need.to, needs: needsOf(need.to), next: 0 });
      }
    }
  }
  return order;
}
