import type { ContenderName, Make } from './contenders/contenders.ts';

/** A component, those who call it, and the calls that are measured. */
export interface Suite {
  /** In `test-components`: `bench-guest/built/wat.wasm`. */
  readonly component: string;
  readonly contenders: Readonly<Record<ContenderName, Make>>;
  readonly rows: readonly Row[];
  /** Calls that are not measured, but must be answered alike for the comparison to be honest. */
  readonly furtherCalls: readonly Call[];
}

/** One call that is measured, and the answer that everyone must give. */
export interface Row {
  readonly name: string;
  readonly call: Call;
}

/** Something done with a guest, as text of a program, and its answer: a value, or the payload of an err. */
export interface Call {
  /** Statements that put the answer into `last`. They see `guest` and `arg0`, `arg1` …. */
  readonly code: string;
  /** Declarations before them that are no part of what is measured. */
  readonly before?: string;
  readonly args: readonly unknown[];
  readonly answer: { readonly value: unknown } | { readonly payload: unknown };
}

/** A call of one function of the guest. */
export function callOf(method: string, args: readonly unknown[], answer: Call['answer']): Call {
  return { code: `last = guest.${method}(${argumentNames(args).join(', ')});`, args, answer };
}

export function argumentNames(args: readonly unknown[]): string[] {
  return args.map((_, index) => `arg${index}`);
}
