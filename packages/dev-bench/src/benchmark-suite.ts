import type { ContenderName, MakeInstance } from './contenders/make-instance.ts';

/** A component, the contenders that call it, and the measured calls. */
export interface BenchmarkSuite {
  /** A path in `test-components`, for example `bench-guest/built/wat.wasm`. */
  readonly component: string;
  readonly contenders: Readonly<Record<ContenderName, MakeInstance>>;
  readonly rows: readonly BenchmarkRow[];
  /**
   * Calls that are not measured. All contenders must give the same answers to them, or the comparison would not be
   * fair.
   */
  readonly unmeasuredCalls: readonly GuestCall[];
}

/** A measured call, which is a row of the results. */
export interface BenchmarkRow {
  readonly name: string;
  readonly call: GuestCall;
}

/** Statements that use a guest, as program text, with the answer that every contender must give. */
export interface GuestCall {
  /** Statements that assign the answer to `last`. They see the variables `guest`, `arg0`, `arg1` and so on. */
  readonly code: string;
  /** Declarations in front of the statements. Their time is not measured. */
  readonly setup?: string;
  readonly args: readonly unknown[];
  /** The returned value, or the payload of the thrown error when the function's result is an `err`. */
  readonly answer: { readonly value: unknown } | { readonly payload: unknown };
}

/** Returns a call of one function of the guest. */
export function guestCall(method: string, args: readonly unknown[], answer: GuestCall['answer']): GuestCall {
  return { code: `last = guest.${method}(${argumentNames(args).join(', ')});`, args, answer };
}

/** Returns the variable names under which the arguments of a `GuestCall` are visible to its code. */
export function argumentNames(args: readonly unknown[]): string[] {
  return args.map((_, index) => `arg${index}`);
}
