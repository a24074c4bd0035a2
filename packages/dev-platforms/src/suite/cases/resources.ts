import type { CaseContext, PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';

interface Counter {
  increment(): number;
  value(): number;
}

interface Exports {
  readonly counters: {
    readonly Counter: (new (start: number) => Counter) & { sum(a: Counter, b: Counter): number };
    take(counter: Counter): number;
    twin(counter: Counter): Counter;
    live(): number;
  };
  describe(file: object): string;
  consume(file: object): string;
  read(name: string): string;
  make(name: string): { readonly name: string };
  keep(file: object): void;
}

/** The imports of a host with a class `File`. Its dispose method has the platform's symbol if the platform has one. */
function host() {
  const dropped: string[] = [];
  class File {
    readonly name: string;

    constructor(name: string) {
      this.name = name;
    }

    read(): string {
      return `what is in ${this.name}`;
    }

    static exists(): boolean {
      return true;
    }

    [Symbol.dispose ?? Symbol.for('dispose')](): void {
      dropped.push(this.name);
    }
  }
  return { dropped, File, open: (name: string) => open(name, File) };
}

function open<T>(name: string, File: new (name: string) => T): T {
  if (name === 'none') throw Object.assign(new Error('refused'), { payload: 'no such file' });
  return new File(name);
}

async function instantiate(context: CaseContext): Promise<Exports & ReturnType<typeof host>> {
  const files = host();
  const exports = await context.instance<Exports>('resources', { 'test:resources/files': files });
  return { ...exports, ...files };
}

export const resourceCases: readonly PlatformCase[] = [
  {
    name: 'resources of the guest',
    run: async (context) => {
      const { Counter, take, twin, live } = (await instantiate(context)).counters;
      const counter = new Counter(5);
      equal([counter.increment(), counter.value(), counter instanceof Counter], [5, 6, true]);
      const other = twin(counter);
      other.increment();
      equal(Counter.sum(counter, other), 13);
      equal(Counter.sum(counter, counter), 12);
      equal([live(), take(other), live()], [2, 7, 1]);
      await throws(() => other.value(), 'TypeError', /counter/iu);
      await throws(() => take(other), 'TypeError', /counter/iu);
      (counter as Partial<Disposable>)[Symbol.dispose ?? Symbol.for('dispose')]!();
      equal(live(), 0);
      await throws(() => counter.value(), 'TypeError', /counter/iu);
    },
  },
  {
    name: 'resources of the host',
    run: async (context) => {
      const { File, describe, consume, read, make, dropped } = await instantiate(context);
      equal(describe(new File('a')), 'what is in a');
      equal(dropped, []);
      equal(consume(new File('b')), 'what is in b');
      equal(dropped, ['b']);
      equal(read('c'), 'what is in c');
      equal(dropped, ['b', 'c']);
      const file = make('d');
      equal([file.name, file instanceof File], ['d', true]);
      const error = await throws(() => read('none'), 'ComponentError', /no such file/u);
      equal(error['payload'], 'no such file');
      await throws(
        () => describe({}),
        'TypeError',
        /argument file: expected an object of the resource file/u,
      );
    },
  },
  {
    name: 'a guest that keeps a borrow traps',
    run: async (context) => {
      const { File, keep, describe } = await instantiate(context);
      await throws(() => keep(new File('a')), 'Trap', /borrow handles still remain/u);
      await throws(() => describe(new File('a')), 'Trap', /cannot enter component instance/u);
    },
  },
  {
    name: 'an instance rejects resources of another instance',
    run: async (context) => {
      const [one, other] = [await instantiate(context), await instantiate(context)];
      const counter = new one.counters.Counter(1);
      await throws(() => other.counters.take(counter), 'TypeError', /counter/iu);
      equal(one.counters.take(counter), 1);
    },
  },
];
