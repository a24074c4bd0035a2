/** The exports of `test-components/resources` that are measured. */
export interface ResourcesGuest {
  readonly counters: {
    readonly Counter: {
      new (start: number): Counter;
      sum(a: Counter, b: Counter): number;
    };
  };
  describe(file: File): string;
  /** Throws an Error with the err in `payload`. */
  read(name: string): string;
}

export interface Counter extends Disposable {
  increment(): number;
}

export interface File {
  read(): string;
}

/** What it imports. */
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
