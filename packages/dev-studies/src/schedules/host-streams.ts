import type { HostValue } from './log.ts';

/** The end of a stream that the host holds, as the runtime gives it. */
interface ReceivedStream {
  read(count: number): Promise<{ readonly value: unknown; readonly done: boolean }>;
  cancel(): Promise<void>;
}

/** An item of a stream that the host gives. */
type Item =
  { readonly value: Uint8Array; readonly done: false } | { readonly value: undefined; readonly done: true };

/** What happens at the host's ends of streams without the host doing it. */
interface HostStreamEvents {
  pulled(source: number): void;
  closed(source: number): void;
}

/** The streams that the host of a program gives and receives, by their numbers in the log. */
export class HostStreams {
  readonly #events: HostStreamEvents;
  readonly #items = new Map<number, (item: Item) => void>();
  /** They are kept, because the runtime drops an end that the host has forgotten. */
  readonly #sinks = new Map<number, ReceivedStream>();
  readonly #reads = new Map<number, number>();
  /** What the reads gave: the bytes, or `null` at the end. */
  readonly got = new Map<string, readonly number[] | null>();

  constructor(events: HostStreamEvents) {
    this.#events = events;
  }

  /** Returns a value of the log as the host gives it. */
  given(value: HostValue | undefined): unknown {
    if (typeof value !== 'object' || Array.isArray(value)) return value;
    if ('sink' in value) return this.#sinks.get(value.sink);
    return 'source' in value ? this.#source(value.source) : value;
  }

  #source(source: number): object {
    return {
      next: (): Promise<Item> => {
        this.#events.pulled(source);
        return new Promise((resolve) => this.#items.set(source, resolve));
      },
      return: () => this.#events.closed(source),
    };
  }

  /** Returns a value that the host receives as it is in the log, where `expected` is what the log has. */
  received(value: unknown, expected: HostValue | undefined): unknown {
    if (!isReceivedStream(value) || typeof expected !== 'object' || !('sink' in expected)) return value;
    this.#sinks.set(expected.sink, value);
    return expected;
  }

  give(source: number, bytes: readonly number[] | null): void {
    const give = this.#items.get(source)!;
    give(bytes === null ? { value: undefined, done: true } : { value: Uint8Array.from(bytes), done: false });
  }

  read(sink: number, count: number): void {
    const read = this.#reads.get(sink) ?? 0;
    this.#reads.set(sink, read + 1);
    const key = `${sink} ${read}`;
    this.#sinks
      .get(sink)!
      .read(count)
      .then(
        ({ value, done }) => this.got.set(key, done ? null : [...(value as Uint8Array)]),
        // The component has trapped.
        () => undefined,
      );
  }

  drop(sink: number): void {
    void this.#sinks.get(sink)!.cancel();
  }
}

function isReceivedStream(value: unknown): value is ReceivedStream {
  return typeof value === 'object' && value !== null && 'read' in value;
}
