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
  /** How many bytes the call passes on, if the row is compared with copying them. */
  readonly bytes?: number;
}

/** Statements that use a guest, as program text, with the answer that every contender must give. */
export interface GuestCall {
  /** Statements that assign the answer to `last`. They see the variables `guest`, `arg0`, `arg1` and so on. */
  readonly code: string;
  /** The statements contain `await`. */
  readonly waits?: boolean;
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

/** Returns a call of one asynchronous function of the guest. */
export function awaitedCall(method: string, args: readonly unknown[], value: unknown): GuestCall {
  const code = `last = await guest.${method}(${argumentNames(args).join(', ')});`;
  return { code, waits: true, args, answer: { value } };
}

/**
 * Makes a function from statements, with the given values as variables that it sees. It is asynchronous if the call
 * waits.
 */
export function functionOf(
  { args, waits = false }: GuestCall,
  guest: object,
  text: (keyword: 'function' | 'async function') => string,
): unknown {
  const keyword = waits ? 'async function' : 'function';
  return new Function('guest', ...argumentNames(args), text(keyword))(guest, ...args);
}

/** Returns the variable names under which the arguments of a `GuestCall` are visible to its code. */
function argumentNames(args: readonly unknown[]): string[] {
  return args.map((_, index) => `arg${index}`);
}
