import type { LinkProblem } from '@wit-ts/runtime';
import { exitOf } from '../system/exit.ts';
import type { System } from '../system/system.ts';
import { type Preview1Host, preview1Imports, type Preview1Options } from './preview1-host.ts';
import { problemsOf } from './program-problems.ts';
import { promiseIntegration } from './promise-integration.ts';

/**
 * Runs a command of preview 1, a core module with the export `_start`, and returns its exit code. A reactor has the
 * export `_initialize` in place of it; it is initialised, and does nothing more.
 *
 * @throws WebAssembly.CompileError when the bytes are not a core module
 * @throws LinkError when the module is not a program of preview 1, or imports something else
 * @throws Trap when the program trapped or a function of the host threw; `cause` is the error of the engine or the host
 */
export async function runPreview1(
  program: WebAssembly.Module | BufferSource,
  system: System,
  options: Preview1Options = {},
): Promise<number> {
  const module = program instanceof WebAssembly.Module ? program : await WebAssembly.compile(program);
  const host = preview1Imports(system, options);
  const problems = problemsOf(module, host.imports);
  if (problems.length > 0) throw await linkError(problems);
  try {
    const instance = await WebAssembly.instantiate(module, host.imports);
    host.bind(instance.exports['memory'] as WebAssembly.Memory);
    await started(module, instance, host);
    return 0;
  } catch (thrown) {
    const reason = host.reasonFor(thrown);
    const exit = exitOf(reason);
    if (exit !== undefined) return exit.code;
    throw await trapFor(reason);
  } finally {
    host.close();
  }
}

function started(
  module: WebAssembly.Module,
  { exports }: WebAssembly.Instance,
  { waiting }: Preview1Host,
): void | Promise<void> {
  const start = (exports['_start'] ?? exports['_initialize']) as () => void;
  const found = promiseIntegration();
  const mayWait = WebAssembly.Module.imports(module).some(({ name }) => waiting.has(name));
  return found === undefined || !mayWait ? start() : found.promising(start)();
}

// The runtime is large, and a program that ends well does not need it.

async function linkError(problems: readonly LinkProblem[]): Promise<Error> {
  const { LinkError } = await import('@wit-ts/runtime');
  return new LinkError(problems, 'this is not a program that WASI preview 1 can run:');
}

async function trapFor(reason: unknown): Promise<Error> {
  const { Trap } = await import('@wit-ts/runtime');
  if (reason instanceof WebAssembly.RuntimeError)
    return new Trap(`the program trapped: ${reason.message}`, { cause: reason });
  // V8 reports this one as an error of JavaScript.
  if (reason instanceof RangeError && /call stack/iu.test(reason.message))
    return new Trap('the program trapped: stack overflow', { cause: reason });
  return new Trap(reason instanceof Error ? reason.message : String(reason), { cause: reason });
}
