/** Collects differences between an expected and an actual type, each with the path that leads to it. */
export class Mismatch {
  readonly #report: (message: string) => void;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  add(message: string): void {
    this.#report(message);
  }

  /** Returns a collector for a part, whose name is put before each message. */
  at(part: string): Mismatch {
    return new Mismatch((message) => this.#report(`${part}: ${message}`));
  }
}
