/** `(module (func (export "f") unreachable))` */
const UNREACHABLE = [
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 0x0a, 5, 1, 3, 0,
  0, 0x0b,
];

let unreachable: (() => void) | undefined;

/**
 * Ends a program. A program can catch every exception of JavaScript with `catch_all`, but no trap. So this notes the
 * reason and calls a function of WebAssembly that traps.
 */
export class GuestTrap {
  #cause: { readonly reason: unknown } | undefined;

  /** @param reason what `reasonFor` returns to the host */
  end(reason: unknown): never {
    this.#cause ??= { reason };
    unreachable ??= trappingFunction();
    unreachable();
    throw new Error('a trap returned');
  }

  /** Returns what ended the program if it was this, otherwise what was thrown. */
  reasonFor(thrown: unknown): unknown {
    return this.#cause === undefined ? thrown : this.#cause.reason;
  }
}

function trappingFunction(): () => void {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(UNREACHABLE)));
  return exports['f'] as () => void;
}
