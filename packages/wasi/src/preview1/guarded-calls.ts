import { FileError } from '../files/file-error.ts';
import { type CallContext, type Preview1Function, PREVIEW1 } from './call-context.ts';
import { numberOf } from './errno.ts';
import { promiseIntegration } from './promise-integration.ts';

/** The functions as a program imports them. */
export type GuardedFunctions = Record<string, WebAssembly.ImportValue>;

/**
 * Makes functions that return an error number, whatever happens: a failure that has no number ends the program with a
 * trap, because a program could catch an exception.
 *
 * @param waiting the functions that may have to wait in the event loop, so that the program is suspended meanwhile
 * @param around puts something around a function that the program is given
 */
export function guarded(
  context: Pick<CallContext, 'system' | 'trap'>,
  functions: Readonly<Record<string, Preview1Function>>,
  waiting: ReadonlySet<string>,
  around: AroundCall = (_, call) => call,
): GuardedFunctions {
  const found = promiseIntegration();
  const imports: GuardedFunctions = Object.create(null);
  for (const [name, func] of Object.entries(functions)) {
    const suspends = found !== undefined && waiting.has(name);
    const call = around(name, guard(context, name, func, suspends));
    imports[name] = suspends ? new found.Suspending(call) : call;
  }
  return imports;
}

/** A function of any of the types that preview 1 has. Missing arguments are `undefined`, and nobody looks at them. */
type AnyFunction = (...args: readonly unknown[]) => void | Promise<void>;
/** A function as the program calls it. It returns an error number, or throws the trap that ends the program. */
export type GuardedCall = (...args: never[]) => number | Promise<number>;
export type AroundCall = (name: string, call: GuardedCall) => GuardedCall;

function guard(
  context: Pick<CallContext, 'system' | 'trap'>,
  name: string,
  func: Preview1Function,
  suspends: boolean,
): GuardedCall {
  const inner = func as AnyFunction;
  const failed = (thrown: unknown): number => {
    // A trap of `end` goes on through the program, which cannot catch it.
    if (thrown instanceof WebAssembly.RuntimeError) throw thrown;
    try {
      const number = numberOf(thrown);
      if (thrown instanceof FileError && thrown.refusal !== undefined)
        context.system.refuse({ interface: PREVIEW1, function: name, ...thrown.refusal });
      if (number !== undefined) return number;
    } catch (error) {
      return context.trap.end(error);
    }
    return context.trap.end(thrown);
  };
  // A list of parameters costs less than rest parameters do, and no function has more than nine.
  return (
    a: unknown,
    b: unknown,
    c: unknown,
    d: unknown,
    e: unknown,
    f: unknown,
    g: unknown,
    h: unknown,
    i: unknown,
  ) => {
    try {
      const promise = inner(a, b, c, d, e, f, g, h, i);
      if (promise === undefined) return 0;
      if (suspends) return promise.then(() => 0, failed);
    } catch (error) {
      return failed(error);
    }
    return context.trap.end(new Error(cannotWait(name)));
  };
}

function cannotWait(name: string): string {
  return (
    `\`${name}\` has to wait, but this thread cannot be blocked, and the platform has no \`WebAssembly.Suspending\`: ` +
    'run the program in a worker, or give it streams that never wait'
  );
}
