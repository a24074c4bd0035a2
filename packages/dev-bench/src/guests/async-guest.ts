/** The exports of `test-components/async-bench`, in the JavaScript mapping that all contenders share. */
export interface AsyncGuest {
  readonly producer: AsyncProducer;
  readonly consumer: AsyncConsumer;
  readonly blocker: { wait(a: number): Promise<number>; hold(a: number): Promise<number> };
}

export interface AsyncProducer {
  now(a: number): Promise<number>;
  echo(text: string): Promise<string>;
  yield(times: number): Promise<number>;
  giveBytes(total: number): Promise<Reader<Uint8Array>>;
  giveEntries(total: number): Promise<Reader<Entry[]>>;
  giveNumber(a: number): Promise<number | PromiseLike<number>>;
  giveText(): Promise<string | PromiseLike<string>>;
}

export interface AsyncConsumer {
  wait(a: number): Promise<number>;
  hold(a: number): Promise<number>;
  callHostNow(times: number): Promise<number>;
  callHostLater(times: number): Promise<number>;
  callNow(times: number): Promise<number>;
  callYield(times: number): Promise<number>;
  callEcho(times: number, text: string): Promise<number>;
  takeBytes(bytes: AsyncIterable<Uint8Array, void>, stride: number): Promise<number>;
  pipeBytes(total: number, stride: number): Promise<number>;
  takeEntries(entries: Iterable<Entry, void>): Promise<number>;
  pipeEntries(total: number): Promise<number>;
  takeNumber(number: Promise<number>): Promise<number>;
  takeText(text: Promise<string>): Promise<number>;
  dropBytes(bytes: AsyncIterable<Uint8Array, void>): void;
  openAndDrop(times: number, order: number): number;
}

/** A stream that the host reads: at most `count` elements at a time. jco ignores `into`. */
interface Reader<Chunk> {
  read(
    count: number | { readonly count: number; readonly into: Chunk },
  ): Promise<IteratorResult<Chunk, undefined>>;
  return(): void;
}

export interface Entry {
  readonly id: bigint;
  readonly name: string;
  readonly score: number;
}

/** What the guest imports from `bench:tasks/host`. */
export interface AsyncHost {
  now(a: number): number | Promise<number>;
  later(a: number): Promise<number>;
  hold(a: number): Promise<number>;
}

/**
 * Makes a host whose `now` returns at once and whose `later` returns a promise. Its `hold` waits until it was called
 * for each of as many tasks as were last expected.
 */
export function makeAsyncHost(): AsyncHost & { expect(tasks: number): void } {
  let expected = 1;
  let release: (() => void)[] = [];
  return {
    now: (a) => a + 1,
    later: (a) => Promise.resolve(a + 1),
    hold(a) {
      const promise = new Promise<number>((resolve) => {
        release.push(() => resolve(a));
      });
      if (release.length >= expected) {
        const waiting = release;
        release = [];
        for (const go of waiting) go();
      }
      return promise;
    },
    expect(tasks) {
      expected = tasks;
    },
  };
}
