/** Collects the differences between what is needed and what is given, each with the way to it. */
export class Mismatch {
  readonly #tell: (message: string) => void;

  constructor(tell: (message: string) => void) {
    this.#tell = tell;
  }

  add(message: string): void {
    this.#tell(message);
  }

  at(place: string): Mismatch {
    return new Mismatch((message) => this.#tell(`${place}: ${message}`));
  }
}
