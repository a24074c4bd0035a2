import { compile, Component, type CompileOptions } from './component.ts';
import type { ComponentExports } from './exports.ts';
import type { Imports } from './imports.ts';
import { type CoreRequest, Instantiation } from './instantiation.ts';
import { compiledWithin, limitsOf, modulesWithin } from './limits.ts';
import { notStarted } from './not-started.ts';
import type { Source } from './source.ts';
import type { Trace } from './trace.ts';

export interface InstantiateOptions extends CompileOptions {
  /** How messages name the instance; `component` by default. */
  readonly name?: string;
  /**
   * Is told of every call over a border of the component, with its values. Without it no function is any slower: it is put
   * around functions when they are bound.
   */
  readonly trace?: Trace;
}

/**
 * Makes an instance of a component and gives its exports: functions under their camel-cased names, interfaces as objects
 * under their full name (`example:service/api@1.0.0`) and, where that is unambiguous, their short one (`api`). Functions
 * are synchronous where their WIT is.
 *
 * @throws LinkError where the imports do not fit, with every reason, or the component does not fit into its limits
 * @throws DecodeError where the bytes are no component
 * @throws Trap where a core module's start function traps
 */
export async function instantiate<Exports extends object = ComponentExports>(
  source: Source | Component,
  imports: Imports = {},
  options: InstantiateOptions = {},
): Promise<Exports> {
  const compiled = source instanceof Component ? source : await compile(source, options);
  const component = compiled.linking?.linked(imports) ?? compiled;
  const limits = limitsOf(component, options.limits);
  const modules = await modulesWithin(component, limits);
  const steps = stepsOf(component, new Instantiation(component, modules, limits, imports, options));
  let step = steps.next();
  while (step.done !== true) {
    const request = step.value;
    const made = instantiateHere(component, request) ?? (await instantiateElsewhere(component, request));
    step = steps.next(made.exports);
  }
  return step.value as Exports;
}

/**
 * `instantiate` without a promise, for a component that was compiled before. Browsers refuse it on their main thread for
 * large core modules, with a `RangeError`. Throws as `instantiate` does.
 */
export function instantiateSync<Exports extends object = ComponentExports>(
  compiled: Component,
  imports: Imports = {},
  options: InstantiateOptions = {},
): Exports {
  if (!(compiled instanceof Component)) {
    throw new TypeError('instantiateSync: expected what `compile` gives; from bytes, use `instantiate`');
  }
  const component = compiled.linking?.linked(imports) ?? compiled;
  const limits = limitsOf(component, options.limits);
  const modules = compiledWithin(component, limits);
  const steps = stepsOf(component, new Instantiation(component, modules, limits, imports, options));
  let step = steps.next();
  while (step.done !== true) {
    const made = instantiateHere(component, step.value);
    if (made === undefined) {
      throw new RangeError(
        'this platform makes instances of large core modules only asynchronously: use `instantiate`',
      );
    }
    step = steps.next(made.exports);
  }
  return step.value as Exports;
}

function stepsOf({ linking }: Component, instantiation: Instantiation): ReturnType<Instantiation['run']> {
  const steps = instantiation.run();
  return linking?.typed(steps) ?? steps;
}

async function instantiateElsewhere(
  component: Component,
  request: CoreRequest,
): Promise<WebAssembly.Instance> {
  try {
    return await WebAssembly.instantiate(request.module, request.imports);
  } catch (error) {
    throw notStarted(component, request, error);
  }
}

/** Where it may be done at once it is: a promise costs more than a small instance. */
function instantiateHere(component: Component, request: CoreRequest): WebAssembly.Instance | undefined {
  try {
    return new WebAssembly.Instance(request.module, request.imports);
  } catch (error) {
    if (error instanceof RangeError && /main thread/iu.test(error.message)) return undefined;
    throw notStarted(component, request, error);
  }
}
