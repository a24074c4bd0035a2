import type { MappingChoices } from '@wit-ts/mapping';
import { asTrap } from '@wit-ts/abi';
import type { Suspend } from './async-types.ts';
import type { Scheduler } from '@wit-ts/concurrency';
import type { Component } from './compiled-component.ts';
import { type CompileOptions, componentOf, type ComponentSource } from './component.ts';
import { partNotLoaded } from './engine/host-engine.ts';
import { diagnosticsAndTrace, notLoaded } from './errors-on-demand.ts';
import { findImports } from './find-imports.ts';
import type { Imports, MismatchedImport } from './imports.ts';
import type { ComponentExports } from './instance/exports.ts';
import { finishInstance, NewInstance } from './instance/new-instance.ts';
import type { CoreRequest } from './instance/run-steps.ts';
import { setupOf } from './limits.ts';
import { LinkError } from './link-error.ts';
import { ownOptions } from './own-options.ts';
import type { Trace } from './trace/trace-event.ts';

/** The options of `instantiate`. */
export interface InstantiateOptions extends CompileOptions {
  /** The name of the instance in messages; `the component` by default. */
  readonly name?: string;
  /**
   * Receives an event for every call that crosses the component's boundary, with copies of its arguments and its
   * result, and for what happens to its tasks. No guest can notice it. An instance without a trace is no slower,
   * because a trace is put around functions when they are bound. `instantiate` loads the code of the trace when one is
   * given.
   */
  readonly trace?: Trace;
  /**
   * The functions that wait although they are synchronous in WIT: `true`, or names of imports. These may return
   * promises, until which the component's stack is suspended, and exports that can reach them return promises.
   */
  readonly suspend?: Suspend;
  /**
   * What happens when calls of the host wait for nothing that can still happen: no thread of the component is ready, no
   * function of the host is running, and the host holds neither an end of a stream or future nor a signal that would
   * end a call. `trap`, the default, ends the component with a `Trap` that says who waits for what, after the host had
   * one turn of the event loop to make another call. `wait` lets them wait, for hosts whose later calls end the wait.
   */
  readonly deadlock?: 'trap' | 'wait';
  /**
   * Receives errors that no call and no promise reports to the host: a trap in a task that has returned already, and
   * an error whose `cause` the host's own source of a stream has thrown. That stream has ended then, and the component
   * does not see why. Without this option `console.warn` receives them.
   */
  readonly onError?: (error: Error) => void;
  /**
   * How WIT looks in JavaScript, where there is a choice: results that are values instead of thrown, flags as a bigint,
   * names as WIT has them. Code that `wit-ts gen` generated gives its own choices.
   */
  readonly mapping?: MappingChoices | undefined;
  /** Chooses which thread of the component runs next, so that a test can repeat a schedule. */
  readonly scheduler?: Scheduler;
}

/** The options of a generated `instantiate`, which gives the choices of the mapping that its types were made for. */
export type GeneratedOptions = Omit<InstantiateOptions, 'mapping'>;

/**
 * Instantiates a component and returns its exports. Functions have their camelCase names. Interfaces are objects under
 * their full name (`example:service/api@1.0.0`) and, if no other export has it, under their short name (`api`). A
 * function returns a promise only if it is `async` in WIT.
 *
 * @throws LinkError when imports are missing or have the wrong type, with every reason, or when the component exceeds
 *   its limits from the start
 * @throws DecodeError when the bytes are not a component
 * @throws Trap when a start function of a core module traps
 */
export async function instantiate<Exports extends object = ComponentExports>(
  source: ComponentSource,
  imports: Imports = {},
  options: InstantiateOptions = {},
): Promise<Exports> {
  const { limits, trace, suspend, mapping, ...rest } = ownOptions(options);
  const compiled = await componentOf(source, options);
  let component = compiled.linking?.linked(imports) ?? compiled;
  if (mapping !== undefined || suspend !== undefined)
    component = await (
      await import('./component-variants.ts').catch(partNotLoaded)
    ).variantFor(component, { mapping, suspend });
  const setup = await setupOf(component, limits);
  const mismatched: MismatchedImport[] = [];
  const linked = findImports(component.plan.imports, imports, mismatched);
  if (mismatched.length > 0) throw await describeMismatchedImports(mismatched, component, imports);
  const traced =
    trace === undefined
      ? trace
      : (await import('./diagnostics-and-trace.ts').catch(notLoaded('trace'))).tracedBy(trace);
  const instance = new NewInstance(component, setup, linked, { ...rest, traced });
  const exports = await finishInstance(instance, async (request, error) => {
    const parts = await diagnosticsAndTrace();
    return parts === undefined ? startFailure(request, error) : parts.notStarted(component, request, error);
  });
  return exports as Exports;
}

/**
 * Returns a shorter error than `notStarted` where that code cannot be loaded, when a start function traps. Other
 * errors, such as those of linking, stay as they are.
 */
function startFailure({ instance }: CoreRequest, error: unknown): unknown {
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  instance.failure = asTrap(error, `starting a core module of ${instance.name}`);
  return instance.failure;
}

/** Describes mismatched imports. If that code cannot be loaded, as in a service worker, the error still names them. */
async function describeMismatchedImports(
  mismatched: readonly MismatchedImport[],
  { plan }: Component,
  host: Imports,
): Promise<LinkError> {
  const parts = await diagnosticsAndTrace();
  if (parts !== undefined) return parts.mismatchedImportsError(mismatched, plan.imports, host);
  return new LinkError(
    mismatched.map(({ item: { path, item }, found }) => ({ path, expected: item.tag, given: typeof found })),
  );
}
