import type { ChildProcess } from 'node:child_process';

/** The memory of a server while it works, in megabytes. */
interface MemoryRange {
  readonly before: number;
  readonly most: number;
}

/** Collects what a server reports of its memory, 20 times a second. */
export class MemorySamples {
  #samples: NodeJS.MemoryUsage[] = [];

  constructor(child: ChildProcess) {
    child.on('message', (usage: NodeJS.MemoryUsage) => this.#samples.push(usage));
  }

  /** Forgets all but the last one. */
  start(): void {
    this.#samples = this.#samples.slice(-1);
  }

  /** @param kind `rss` for the whole process; `external` has the buffers and the memories of instances */
  range(kind: 'rss' | 'heapUsed' | 'external'): MemoryRange {
    const values = this.#samples.map((usage) => usage[kind] / 2 ** 20);
    return { before: values[0] ?? NaN, most: Math.max(...values) };
  }
}
