import { instantiateSync, type Component } from '@wit-ts/runtime';
import { type BenchGuest, host } from '../guests/bench-guest.ts';

interface Counter extends Disposable {
  increment(): number;
}

interface Resources {
  readonly counters: {
    readonly Counter: new (start: number) => Counter;
    take(counter: Counter): number;
    twin(counter: Counter): Counter;
    live(): number;
  };
  describe(file: object): string;
  consume(file: object): string;
  read(name: string): string;
  make(name: string): Disposable;
}

class File {
  static open = 0;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
    File.open += 1;
  }

  read(): string {
    return this.name;
  }

  static exists(): boolean {
    return true;
  }

  [Symbol.dispose](): void {
    File.open -= 1;
  }
}

/**
 * Makes calls with every kind of value that takes memory: strings, lists, records, errors, and resources of both sides.
 */
export class LeakTestCalls {
  readonly #guest: BenchGuest;
  readonly #resources: Resources;
  readonly #bytes = new Uint8Array(1000);
  readonly #points = Array.from({ length: 10 }, (_, id) => ({ x: id, y: -id, id }));
  /** How many calls have been made. */
  count = 0;

  constructor(guest: Component, resources: Component) {
    this.#guest = instantiateSync<BenchGuest>(guest, { 'bench:guest/host': host });
    this.#resources = instantiateSync<Resources>(resources, {
      'test:resources/files': {
        File,
        open(name: string) {
          if (name === '') throw Object.assign(new Error('refused'), { payload: 'no name' });
          return new File(name);
        },
      },
    });
  }

  /** Makes twenty calls. When `forgetCounter` is true, it does not dispose of one of the counters that it makes. */
  makeRound(forgetCounter: boolean): void {
    const guest = this.#guest;
    const text = `call ${this.count} ü`;
    guest.echoString(text);
    guest.echoBytes(this.#bytes);
    guest.echoStrings([text, text]);
    guest.echoPoints(this.#points);
    guest.echoValues([{ tag: 'text', val: text }, { tag: 'empty' }]);
    guest.process(text, { id: 1n, tags: [text] });
    expectError(() => guest.process(text, { id: 1n, tags: [] }));
    guest.callEcho(2, text);

    const { counters, describe, consume, read, make } = this.#resources;
    const counter = new counters.Counter(1);
    counter.increment();
    counters.take(counters.twin(counter));
    if (!forgetCounter) counter[Symbol.dispose]();
    const file = new File(text);
    describe(file);
    consume(file);
    read(text);
    expectError(() => read(''));
    make(text)[Symbol.dispose]();
    this.count += 20;
  }

  /** How many resources of the guest (counters) and of the host (files) exist. */
  get alive(): { readonly counters: number; readonly files: number } {
    return { counters: this.#resources.counters.live(), files: File.open };
  }
}

function expectError(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (error instanceof Error && 'payload' in error) return;
    throw error;
  }
  throw new Error('the guest returned a value; an error was expected');
}
