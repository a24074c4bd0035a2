import { addReasons, Trap } from '@wit-ts/abi';

/**
 * How much work instances may still do, in operators of core WebAssembly (`docs/fuel.md`). All instances that get it
 * in `limits.fuel` share it. The same work of the same components takes the same amount on every engine and machine.
 */
export class Fuel {
  /**
   * What a metered core module imports from the module name `FUEL_MODULE` of `@wit-ts/component/fuel`, for hosts that
   * instantiate core modules themselves.
   */
  readonly imports: WebAssembly.ModuleImports;
  readonly #left: WebAssembly.Global<'i64'>;
  #limit: number;

  /** @throws TypeError when the limit is not a safe, non-negative integer */
  constructor(limit: number) {
    this.#limit = checkedAmount(limit, 'the limit');
    this.#left = new WebAssembly.Global({ value: 'i64', mutable: true }, BigInt(limit));
    const fuel = new WebAssembly.Global<'externref'>({ value: 'externref' }, this);
    this.imports = { left: this.#left, emptied: emptiedGlobal(), fuel };
  }

  /** What there was at the start, with everything that was added. */
  get limit(): number {
    return this.#limit;
  }

  /**
   * What is used now. It can be read at any time, also from a host function and after a trap. An instance may use more
   * than the limit before it is stopped, by less than what its code costs from one test to the next.
   */
  get used(): number {
    return this.#limit - Number(this.#left.value);
  }

  /** Adds an amount, also while instances run. @throws TypeError when it is not a safe, non-negative integer */
  add(amount: number): void {
    this.#limit = checkedAmount(this.#limit + checkedAmount(amount, 'the amount'), 'the limit');
    this.#left.value += BigInt(amount);
  }

  /** Begins anew: nothing is used, and all of the limit is left. */
  refill(): void {
    this.#left.value = BigInt(this.#limit);
  }

  /**
   * Counts work that was done with a `Fuel` of another thread, which cannot share this one.
   *
   * @throws TypeError when it is not a safe, non-negative integer
   */
  spend(amount: number): void {
    this.#left.value -= BigInt(checkedAmount(amount, 'the amount'));
  }
}

function checkedAmount(amount: number, what: string): number {
  if (Number.isSafeInteger(amount) && amount >= 0) return amount;
  throw new TypeError(
    `${what} of fuel: expected a non-negative integer up to 2^53 - 1, got ${String(amount)}`,
  );
}

/** Metered modules put here whose fuel is empty, just before they trap. */
let emptied: WebAssembly.Global<'externref'> | undefined;

function emptiedGlobal(): WebAssembly.Global<'externref'> {
  if (emptied === undefined) {
    emptied = new WebAssembly.Global({ value: 'externref', mutable: true });
    addReasons(outOfFuel);
  }
  return emptied;
}

const explained = new WeakMap<WebAssembly.RuntimeError, Trap>();

/** Returns the trap that says so, if an error is the trap of a metered module that ran out of fuel. */
function outOfFuel(error: unknown): Trap | undefined {
  if (!(error instanceof WebAssembly.RuntimeError)) return undefined;
  const known = explained.get(error);
  const fuel: unknown = emptied?.value;
  if (known !== undefined || !(fuel instanceof Fuel)) return known;
  emptied!.value = undefined;
  const trap = new Trap(`out of fuel: ${useOf(fuel)}; give more with \`limits.fuel\``, {
    cause: error,
    code: 'out-of-fuel',
  });
  explained.set(error, trap);
  return trap;
}

/** Says how much is used. It may be more than the limit, because code between two tests is only counted. */
function useOf({ used, limit }: Fuel): string {
  return used > limit
    ? `${used} operators are used, more than the limit of ${limit}, which is tested at the start of functions and loops`
    : `${used} of ${limit} operators are used, and the next ones need more than what is left`;
}
