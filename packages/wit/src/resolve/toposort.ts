/** A name that another name needs. `at` describes the need in messages, for instance by its position. */
export interface Edge<T> {
  readonly to: string;
  readonly at: T;
}

interface Sorted<T> {
  /** Every name once, each after the names that it needs; names in cycles come last, in the order given. */
  readonly order: readonly string[];
  /** Each cycle as a list of edges: the first leads from its `from` to the `from` of the next. */
  readonly cycles: readonly (readonly { readonly from: string; readonly edge: Edge<T> }[])[];
}

/**
 * Sorts names so that each comes after the names that it needs, and otherwise in the order given: of the names that
 * are ready, the first given comes first. Ignores edges to unknown names.
 */
export function toposort<T>(needs: ReadonlyMap<string, readonly Edge<T>[]>): Sorted<T> {
  const names = [...needs.keys()];
  const index = new Map(names.map((name, i) => [name, i]));
  const waiting = new Map<string, number>();
  const neededBy = new Map<string, string[]>();
  for (const [name, edges] of needs) {
    let count = 0;
    for (const { to } of edges) {
      if (!needs.has(to)) continue;
      count += 1;
      const list = neededBy.get(to);
      if (list === undefined) neededBy.set(to, [name]);
      else list.push(name);
    }
    waiting.set(name, count);
  }
  const ready = new MinHeap();
  for (const [i, name] of names.entries()) if (waiting.get(name) === 0) ready.push(i);
  const order: string[] = [];
  for (let i = ready.pop(); i !== undefined; i = ready.pop()) {
    const name = names[i]!;
    order.push(name);
    for (const other of neededBy.get(name) ?? []) {
      const left = waiting.get(other)! - 1;
      waiting.set(other, left);
      if (left === 0) ready.push(index.get(other)!);
    }
  }
  if (order.length === names.length) return { order, cycles: [] };
  const stuck = names.filter((name) => waiting.get(name)! > 0);
  return { order: [...order, ...stuck], cycles: findCycles(stuck, needs, waiting) };
}

/** Returns at least one cycle of every connected group, enough for one diagnostic each. */
function findCycles<T>(
  stuck: readonly string[],
  needs: ReadonlyMap<string, readonly Edge<T>[]>,
  waiting: ReadonlyMap<string, number>,
): Sorted<T>['cycles'] {
  const cycles: { from: string; edge: Edge<T> }[][] = [];
  const seen = new Map<string, number>();
  for (const [walk, start] of stuck.entries()) {
    const path: { from: string; edge: Edge<T> }[] = [];
    let name = start;
    while (!seen.has(name)) {
      seen.set(name, walk);
      const edge = needs.get(name)!.find(({ to }) => (waiting.get(to) ?? 0) > 0)!;
      path.push({ from: name, edge });
      name = edge.to;
    }
    if (seen.get(name) === walk) cycles.push(path.slice(path.findIndex(({ from }) => from === name)));
  }
  return cycles;
}

class MinHeap {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (items[parent]! <= item) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]! < items[child]!) child += 1;
      if (items[child]! >= last) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return top;
  }
}
