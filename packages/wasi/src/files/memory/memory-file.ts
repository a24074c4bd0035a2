import type { NodeStat, NodeTimes, OpenFile } from '../node.ts';
import type { FileNode } from './memory-nodes.ts';

/** An open file in memory. */
export class MemoryFile implements OpenFile {
  readonly kind = 'file';
  readonly #node: FileNode;

  constructor(node: FileNode) {
    this.#node = node;
    node.open();
  }

  read(bytes: Uint8Array, position: number): number {
    return this.#node.read(bytes, position);
  }

  write(bytes: Uint8Array, position: number): number {
    return this.#node.write(bytes, position);
  }

  append(bytes: Uint8Array): number {
    return this.#node.write(bytes, this.#node.size);
  }

  stat(): NodeStat {
    return this.#node.stat();
  }

  setSize(size: number): void {
    this.#node.setSize(size);
  }

  setTimes(times: NodeTimes): void {
    this.#node.times.set(times, this.#node.volume.now());
  }

  sync(): void {
    // Memory is as durable as it gets.
  }

  close(): void {
    this.#node.close();
  }
}
