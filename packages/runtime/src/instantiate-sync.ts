import { Component } from './compiled-component.ts';
import type { Imports } from './imports.ts';
import type { ComponentExports } from './instance/exports.ts';
import { instantiateHere, NewInstance } from './instance/new-instance.ts';
import type { CoreRequest } from './instance/run-steps.ts';
import type { InstantiateOptions } from './instantiate.ts';
import { linkImports, notStarted, tracedBy } from './diagnostics-and-trace.ts';
import { setupWithinSync } from './limited-instances.ts';
import { mapped } from './mapping/mapped-component.ts';
import { ownOptions } from './own-options.ts';
import { suspendedHere } from './suspend/loaded-suspension.ts';

/**
 * Instantiates a compiled component without a promise. It throws what `instantiate` throws, and a `RangeError` on the
 * main thread of a browser that instantiates large core modules only asynchronously.
 */
export function instantiateSync<Exports extends object = ComponentExports>(
  compiled: Component,
  imports: Imports = {},
  options: InstantiateOptions = {},
): Exports {
  refuseUncompiled(compiled);
  const { component, instance } = startInstance(compiled, imports, options);
  const { steps } = instance;
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next(coreInstance(component, step.value));
  }
  return instance.exports() as Exports;
}

/** An instance that is being made, and the component as the host linked it. */
interface StartedInstance {
  readonly component: Component;
  readonly instance: NewInstance;
}

/** Starts to make an instance, as far as no core instance is needed. @throws what `instantiate` throws */
export function startInstance(
  compiled: Component,
  imports: Imports,
  options: InstantiateOptions,
): StartedInstance {
  const { limits, trace, suspend, mapping, ...rest } = ownOptions(options);
  const closed = compiled.linking?.linked(imports) ?? compiled;
  const linkedOne = mapping === undefined ? closed : mapped(closed, mapping);
  const component = suspend === undefined ? linkedOne : suspendedHere(linkedOne, suspend);
  const setup = setupWithinSync(component, limits);
  const linked = linkImports(component.plan.imports, imports);
  const traced = trace === undefined ? undefined : tracedBy(trace);
  return { component, instance: new NewInstance(component, setup, linked, { ...rest, traced }) };
}

/** @throws TypeError if a host without types gave something else than a compiled component */
export function refuseUncompiled(compiled: unknown): void {
  if (compiled instanceof Component) return;
  throw new TypeError(
    'instantiateSync: expected a component that `compile` returned; use `instantiate` for bytes',
  );
}

function coreInstance(component: Component, request: CoreRequest): WebAssembly.Exports {
  try {
    const made = instantiateHere(request);
    if (made !== undefined) return request.prepare?.(made.exports) ?? made.exports;
  } catch (error) {
    throw notStarted(component, request, error);
  }
  throw new RangeError(
    'this platform instantiates large core modules only asynchronously: use `instantiate`',
  );
}
