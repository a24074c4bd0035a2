import type { ReadableShared } from '../copy-end.ts';
import type { Store } from '../store.ts';

/** A readable end in the hands of the host. It is dropped when the object that the host holds is garbage collected. */
export class HostEnd {
  readonly store: Store;
  readonly shared: ReadableShared;
  #isHeld = true;

  /** @param object what the host holds; the end does not keep it alive */
  constructor(store: Store, shared: ReadableShared, object: object) {
    this.store = store;
    this.shared = shared;
    store.hostEnds += 1;
    forgotten.register(object, this, this);
  }

  /** True until the end is dropped or given away. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Takes the end out of the host's hands without dropping it. */
  release(): ReadableShared {
    if (this.#isHeld) {
      this.#isHeld = false;
      this.store.hostEnds -= 1;
      forgotten.unregister(this);
      this.store.scheduleIfStuck();
    }
    return this.shared;
  }

  /** Drops the end: the writer learns that nobody reads. */
  drop(): void {
    if (!this.#isHeld) return;
    this.release().drop();
  }
}

const forgotten = /* @__PURE__ */ new FinalizationRegistry<HostEnd>((end) => end.drop());
