import type { WorkerThread } from '../system/platform.ts';
import type { StreamName } from './messages.ts';
import { type PostedGrants, servedStreams } from './posted-grants.ts';
import { pumpInput, pumpOutput } from './pump.ts';
import { ENDING, newRing, SharedRing } from './shared-ring.ts';
import { WakeUps } from './wake-ups.ts';

/** The standard streams that the thread of the host serves for a worker. */
export class StreamBridge {
  readonly rings: Partial<Record<StreamName, SharedArrayBuffer>> = {};
  readonly wakeUps = new WakeUps();
  readonly #posted: PostedGrants;
  readonly #all: SharedRing[] = [];
  readonly #outputs: Promise<void>[] = [];

  /** @throws TypeError when the platform has no shared memory */
  constructor(thread: Pick<WorkerThread<'wake'>, 'post'>, posted: PostedGrants) {
    this.#posted = posted;
    for (const name of servedStreams(posted)) {
      if (typeof SharedArrayBuffer === 'undefined')
        throw new TypeError(
          `grants.${name}: a stream of another thread needs shared memory; isolate the page with the headers \`Cross-Origin-Opener-Policy: same-origin\` and \`Cross-Origin-Embedder-Policy: require-corp\``,
        );
      const memory = newRing();
      this.rings[name] = memory;
      const ring = new SharedRing(memory, () => thread.post('wake'));
      this.#all.push(ring);
      this.#serve(name, ring);
    }
  }

  /** Resolves when everything that the program wrote has left, or rejects with what an output failed with. */
  async outputsWritten(): Promise<void> {
    await Promise.all(this.#outputs);
    for (const sink of this.#posted.outputs.values()) await sink.flush();
  }

  /** Lets go of the streams, also when the worker was ended in the middle of something. */
  close(): void {
    for (const ring of this.#all) ring.end(ENDING.ofWriter);
    this.wakeUps.wake();
    this.#posted.input?.close();
    for (const sink of this.#posted.outputs.values()) sink.close();
  }

  #serve(name: StreamName, ring: SharedRing): void {
    const sink = this.#posted.outputs.get(name);
    if (sink === undefined) {
      void pumpInput(ring, this.#posted.input!, this.wakeUps);
      return;
    }
    const output = pumpOutput(ring, sink, this.wakeUps);
    // It is looked at when the program has ended.
    output.catch(() => undefined);
    this.#outputs.push(output);
  }
}
