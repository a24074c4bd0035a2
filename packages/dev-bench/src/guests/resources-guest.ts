/** The exports of `test-components/resources` that the benchmark uses. */
export interface ResourcesGuest {
  readonly counters: {
    readonly Counter: {
      new (start: number): Counter;
      sum(a: Counter, b: Counter): number;
    };
  };
  describe(file: File): string;
  /** Throws an Error whose `payload` is the `err` of the result. */
  read(name: string): string;
}

export interface Counter extends Disposable {
  increment(): number;
}

export interface File {
  read(): string;
}

/** What the guest imports from `test:resources/files`. */
export interface Files {
  readonly File: new (name: string) => File;
  open(name: string): File;
}

class MemoryFile implements File {
  readonly #name: string;
  constructor(name: string) {
    this.#name = name;
  }
  read(): string {
    return this.#name;
  }
  static exists(): boolean {
    return true;
  }
}

export const files: Files = { File: MemoryFile, open: (name) => new MemoryFile(name) };
