import { setTimeout as sleep } from 'node:timers/promises';
import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, ComponentError, type Imports, instantiate } from '../index.ts';

/** A file whose content comes later. */
class File implements Disposable {
  readonly name: string;
  disposed = 0;

  constructor(name: string) {
    this.name = name;
  }

  async read(): Promise<string> {
    await sleep(1);
    return `content of ${this.name}`;
  }

  static exists(): boolean {
    return true;
  }

  [Symbol.dispose](): void {
    this.disposed += 1;
  }
}

interface Counter extends Disposable {
  increment(): Promise<number>;
  value(): Promise<number>;
}

interface Guest {
  describe(file: File): Promise<string>;
  consume(file: File): Promise<string>;
  read(name: string): Promise<string>;
  make(name: string): Promise<File>;
  readonly counters: {
    readonly Counter: { new (start: number): Counter; sum(a: Counter, b: Counter): Promise<number> };
    take(counter: Counter): Promise<number>;
    twin(counter: Counter): Promise<Counter>;
    live(): Promise<number>;
  };
}

describe.each(['compile', 'reference'] as const)(
  'resources of a component that waits (%s)',
  async (engine) => {
    const component = await compile(await built('resources'), { engine });

    const made = (
      open: (name: string) => unknown = async (name) => new File(name),
      suspend: readonly string[] = ['[method]file.read', 'open'],
    ): Promise<Guest> => {
      const imports: Imports = { 'test:resources/files': { File, open } };
      return instantiate<Guest>(component, imports, { suspend });
    };

    it('calls methods of the host that wait, and then gives borrowed and owned objects back', async () => {
      const guest = await made();
      const [borrowed, owned] = [new File('a'), new File('b')];
      const answers = await Promise.all([guest.describe(borrowed), guest.consume(owned)]);
      expect(answers).toEqual(['content of a', 'content of b']);
      expect([borrowed.disposed, owned.disposed]).toEqual([0, 1]);
    });

    it('receives an object from a promise, reads it and drops it', async () => {
      const files: File[] = [];
      const guest = await made(async (name) => {
        await sleep(1);
        const file = new File(name);
        files.push(file);
        return file;
      });
      expect(await guest.read('c')).toBe('content of c');
      expect(files[0]?.disposed).toBe(1);
    });

    it('receives the `err` of a promise, and rejects with its own', async () => {
      const guest = await made(() => Promise.reject(new ComponentError('not found')));
      await expect(guest.read('c')).rejects.toMatchObject({ payload: 'not found' });
    });

    it('has methods and static functions that return promises, and constructors that do not', async () => {
      const { counters } = await made();
      const [a, b] = [new counters.Counter(1), new counters.Counter(2)];
      expect(a).toBeInstanceOf(counters.Counter);
      expect(await a.increment()).toBe(1);
      expect(await a.value()).toBe(2);
      expect(await counters.Counter.sum(a, b)).toBe(4);
      expect(await counters.take(a)).toBe(2);
      expect(await (await counters.twin(b)).value()).toBe(2);
    });

    it('refuses a constructor in the list, and to construct while a call waits', async () => {
      await expect(made(undefined, ['[constructor]file'])).rejects.toThrow(
        '`options.suspend`: "[constructor]file" is a constructor, which cannot wait: `new` gives an object at once',
      );
      const { describe: call, counters } = await made();
      const waiting = call(new File('a'));
      expect(thrown(() => new counters.Counter(1)).message).toContain('it is running');
      expect(await waiting).toBe('content of a');
      expect(await new counters.Counter(1).value()).toBe(1);
    });

    it('runs a destructor after the call that waits if the host disposes of an object meanwhile', async () => {
      const { describe: call, counters } = await made();
      const [kept, dropped] = [new counters.Counter(1), new counters.Counter(2)];
      const waiting = call(new File('a'));
      dropped[Symbol.dispose]();
      expect(() => dropped[Symbol.dispose]()).toThrow('the counter was already dropped');
      await expect(dropped.value()).rejects.toThrow(TypeError);
      expect(await waiting).toBe('content of a');
      expect(await counters.live()).toBe(1);
      kept[Symbol.dispose]();
      expect(await counters.live()).toBe(0);
    });
  },
);
