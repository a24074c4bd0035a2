import { type CompileOptions, compile, Component } from './component.ts';
import { type Imports, linkImports } from './imports.ts';
import { type BoundaryFunctions, PlainFunctions } from './instance/boundary-functions.ts';
import { type ComponentExports, exportsOf } from './instance/exports.ts';
import { InstanceState } from './instance/instance-state.ts';
import { type CoreRequest, runSteps, type Steps } from './instance/run-steps.ts';
import { compiledWithin, type Limits, limitsOf, modulesWithin } from './limits.ts';
import { notStarted } from './not-started.ts';
import type { Source } from './source.ts';
import { type Trace, TracedFunctions } from './trace.ts';

export interface InstantiateOptions extends CompileOptions {
  /** The name of the instance in messages; `component` by default. */
  readonly name?: string;
  /**
   * Receives an event for every call that crosses the component's boundary, with its arguments and its result. An
   * instance without a trace is no slower, because a trace is put around functions when they are bound.
   */
  readonly trace?: Trace;
}

/**
 * Instantiates a component and returns its exports. Functions have their camelCase names. Interfaces are objects
 * under their full name (`example:service/api@1.0.0`) and, if no other export has it, under their short name (`api`).
 * A function is synchronous if it is in WIT.
 *
 * @throws LinkError when imports are missing or have the wrong type, with every reason, or when the component exceeds
 *   its limits from the start
 * @throws DecodeError when the bytes are not a component
 * @throws Trap when a start function of a core module traps
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
  const instance = new Instance(component, modules, limits, imports, options);
  const { steps } = instance;
  let step = steps.next();
  while (step.done !== true) {
    const request = step.value;
    const made = instantiateHere(component, request) ?? (await instantiateElsewhere(component, request));
    step = steps.next(made.exports);
  }
  return instance.exports() as Exports;
}

/**
 * Instantiates a compiled component without a promise. It throws what `instantiate` throws, and a `RangeError` on the
 * main thread of a browser that instantiates large core modules only asynchronously.
 */
export function instantiateSync<Exports extends object = ComponentExports>(
  compiled: Component,
  imports: Imports = {},
  options: InstantiateOptions = {},
): Exports {
  if (!(compiled instanceof Component)) {
    throw new TypeError(
      'instantiateSync: expected a component that `compile` returned; use `instantiate` for bytes',
    );
  }
  const component = compiled.linking?.linked(imports) ?? compiled;
  const limits = limitsOf(component, options.limits);
  const modules = compiledWithin(component, limits);
  const instance = new Instance(component, modules, limits, imports, options);
  const { steps } = instance;
  let step = steps.next();
  while (step.done !== true) {
    const made = instantiateHere(component, step.value);
    if (made === undefined) {
      throw new RangeError(
        'this platform instantiates large core modules only asynchronously: use `instantiate`',
      );
    }
    step = steps.next(made.exports);
  }
  return instance.exports() as Exports;
}

/** An instance that is being made: its steps must run to their end before its exports exist. */
class Instance {
  readonly steps: Steps;
  readonly #state: InstanceState;
  readonly #functions: BoundaryFunctions;

  constructor(
    component: Component,
    modules: readonly WebAssembly.Module[],
    limits: Limits,
    imports: Imports,
    { name = 'component', trace }: InstantiateOptions,
  ) {
    this.#state = new InstanceState({
      component,
      wiring: component.wiring(trace !== undefined),
      code: component.code(limits.valueBytes),
      modules,
      imports: linkImports(component.plan.imports, imports),
      name,
      handles: limits.handles,
    });
    const functions = new PlainFunctions(this.#state);
    this.#functions = trace === undefined ? functions : new TracedFunctions(functions, this.#state, trace);
    // Start functions may call the host, which may call nothing inside before it receives the exports.
    this.#state.instance(0).mayEnter = false;
    const steps = runSteps(this.#state, this.#functions);
    this.steps = component.linking?.typed(steps) ?? steps;
  }

  exports(): ComponentExports {
    const exports = exportsOf(this.#state, this.#functions);
    this.#state.instance(0).mayEnter = true;
    return exports;
  }
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

/** Instantiates synchronously where the platform allows it: a promise costs more than a small instance. */
function instantiateHere(component: Component, request: CoreRequest): WebAssembly.Instance | undefined {
  try {
    return new WebAssembly.Instance(request.module, request.imports);
  } catch (error) {
    if (error instanceof RangeError && /main thread/iu.test(error.message)) return undefined;
    throw notStarted(component, request, error);
  }
}
