import type { Limits, LinkProblem } from '@wit-ts/runtime';
import { exitOf } from '../system/exit.ts';
import type { System } from '../system/system.ts';
import { type Preview1Host, preview1Imports, type Preview1Options } from './preview1-host.ts';
import { problemsOf } from './program-problems.ts';
import { promiseIntegration } from './promise-integration.ts';

/** The options of a run of a program of preview 1. */
interface RunPreview1Options extends Preview1Options {
  /** Those that concern core modules. They hold for bytes only. */
  readonly limits?: Limits;
}

/**
 * Runs a command of preview 1, a core module with the export `_start`, and returns its exit code. A reactor has the
 * export `_initialize` in place of it; it is initialised, and does nothing more.
 *
 * @throws WebAssembly.CompileError when the bytes are not a core module
 * @throws DecodeError when there are limits, and the module has operators that are not known
 * @throws LinkError when the module is not a program of preview 1, imports something else, or exceeds its limits from
 *   the start
 * @throws Trap when the program trapped or a function of the host threw; `cause` is the error of the engine or the host
 */
export async function runPreview1(
  program: WebAssembly.Module | Uint8Array<ArrayBuffer>,
  system: System,
  { limits, ...options }: RunPreview1Options = {},
): Promise<number> {
  const module = program instanceof WebAssembly.Module ? program : await WebAssembly.compile(program);
  const host = preview1Imports(system, await withCalls(system, options));
  // Those of the module as it was written: limits add others, which no program may have.
  const problems = problemsOf(module, host.imports);
  if (problems.length > 0) throw await linkError(problems);
  const instantiate = await instantiation(program, module, limits);
  try {
    const exports = await instantiate(host.imports);
    host.bind(exports['memory'] as WebAssembly.Memory);
    const mayWait = WebAssembly.Module.imports(module).some(({ name }) => host.waiting.has(name));
    await startProgram(exports, mayWait);
    return 0;
  } catch (thrown) {
    return await exitCodeAfter(host, thrown, limits === undefined ? undefined : explained);
  } finally {
    host.close();
  }
}

/** Calls the export that starts a program; so that it can be suspended if a function that it imports may wait. */
export function startProgram(exports: WebAssembly.Exports, mayWait: boolean): void | Promise<void> {
  const start = (exports['_start'] ?? exports['_initialize']) as () => void;
  const found = promiseIntegration();
  return found === undefined || !mayWait ? start() : found.promising(start)();
}

/**
 * Returns the exit code of a program that ended by throwing.
 *
 * @param explain finds out more about what ended the program
 * @throws Trap unless the program ended itself
 */
export async function exitCodeAfter(
  host: Pick<Preview1Host, 'reasonFor'>,
  thrown: unknown,
  explain: (reason: unknown) => unknown = (reason) => reason,
): Promise<number> {
  const reason = host.reasonFor(thrown);
  const exit = exitOf(reason);
  if (exit !== undefined) return exit.code;
  throw await trapFor(await explain(reason));
}

/** Puts around the functions what records their calls if the system does. */
async function withCalls({ calls }: System, options: Preview1Options): Promise<Preview1Options> {
  if (calls === undefined) return options;
  const { recordedBy } = await import('../calls/preview1-calls.ts');
  return { ...options, around: (context) => recordedBy(calls, context) };
}

type Instantiation = (imports: WebAssembly.Imports) => Promise<WebAssembly.Exports>;

/** Compiles the program once more if there are limits, for which it is rewritten. */
async function instantiation(
  program: WebAssembly.Module | Uint8Array,
  module: WebAssembly.Module,
  limits: Limits | undefined,
): Promise<Instantiation> {
  if (limits === undefined || program instanceof WebAssembly.Module)
    return async (imports) => (await WebAssembly.instantiate(module, imports)).exports;
  const { compileCoreModule } = await import('@wit-ts/runtime/core-modules');
  const limited = await compileCoreModule(program, limits);
  // Published declarations have a type of their own for the exports of a module.
  return async (imports) => (await limited.instantiate(imports)) as WebAssembly.Exports;
}

/** Returns the trap that says so if the program ran out of fuel, otherwise the error itself. */
async function explained(error: unknown): Promise<unknown> {
  return (await import('@wit-ts/runtime/core-modules')).reasonOf(error);
}

// The runtime is large, and a program that ends well does not need it.

async function linkError(problems: readonly LinkProblem[]): Promise<Error> {
  const { LinkError } = await import('@wit-ts/runtime');
  return new LinkError(problems, 'this is not a program that WASI preview 1 can run:');
}

async function trapFor(reason: unknown): Promise<Error> {
  const { LinkError, Trap } = await import('@wit-ts/runtime');
  if (reason instanceof Trap || reason instanceof LinkError) return reason;
  if (reason instanceof WebAssembly.RuntimeError)
    return new Trap(`the program trapped: ${reason.message}`, { cause: reason });
  // V8 reports this one as an error of JavaScript.
  if (reason instanceof RangeError && /call stack/iu.test(reason.message))
    return new Trap('the program trapped: stack overflow', { cause: reason });
  return new Trap(reason instanceof Error ? reason.message : String(reason), { cause: reason });
}
