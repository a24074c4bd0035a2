import { readFile } from 'node:fs/promises';
import { type ComponentExports, type EngineChoice, type Imports, instantiate } from '../index.ts';

/** The guests of these tests: `test-components/faults` and its neighbours. */

export const engines: readonly EngineChoice[] = ['compile', 'reference'];

export function component(path: string): Promise<Uint8Array> {
  return readFile(new URL(`../../../../test-components/${path}`, import.meta.url));
}

export const clock = { now: () => 7n };

/** `test-components/faults`. */
export async function faults(engine: EngineChoice, imports: Imports = {}): Promise<ComponentExports> {
  const all = { 'test:faults/clock@1.2.3': clock, stamp: (number: number) => number, ...imports };
  return instantiate(await component('faults/built/wat.wasm'), all, { engine });
}

export interface Counter extends Disposable {
  increment(): number;
  value(): number;
}

export interface CountersGuest {
  readonly counters: {
    readonly Counter: (new (start: number) => Counter) & { sum(a: Counter, b: Counter): number };
    take(counter: Counter): number;
    twin(counter: Counter): Counter;
    /** How many have not been dropped. */
    live(): number;
  };
  describe(file: unknown): string;
  consume(file: unknown): string;
  read(name: string): string;
}

export class File {
  readonly name: string;
  disposed = 0;
  constructor(name: string) {
    this.name = name;
  }
  read(): string {
    return this.name;
  }
  static exists(): boolean {
    return true;
  }
  [Symbol.dispose](): void {
    this.disposed += 1;
  }
}

/** `test-components/resources`. */
export async function counters(
  engine: EngineChoice,
  files: Readonly<Record<string, unknown>> = {},
): Promise<CountersGuest> {
  const imports = { 'test:resources/files': { File, open: (name: string) => new File(name), ...files } };
  return instantiate<CountersGuest>(await component('resources/built/wat.wasm'), imports, { engine });
}

/** What a call throws. */
export function thrown(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
