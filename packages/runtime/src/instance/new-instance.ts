import { withoutPrototype } from '@wit-ts/model';
import type { LinkedImport } from '../imports.ts';
import type { InstanceSetup } from '../limits.ts';
import { type BoundaryFunctions, PlainFunctions } from './boundary-functions.ts';
import { type ComponentExports, exportsOf } from './exports.ts';
import type { InstanceComponent } from './instance-component.ts';
import { type InstanceOptions, InstanceState } from './instance-state.ts';
import { type CoreRequest, runSteps, type Steps } from './run-steps.ts';

/** An instance that is being made: its steps must run to their end before its exports exist. */
export class NewInstance {
  readonly steps: Steps;
  readonly #state: InstanceState;
  readonly #functions: BoundaryFunctions;

  /**
   * @param setup what depends on the limits of the instance
   * @param imports what the host gave for each import of the plan
   */
  constructor(
    component: InstanceComponent,
    setup: Pick<InstanceSetup, 'modules' | 'budget' | 'code'>,
    imports: readonly LinkedImport[],
    options: InstanceOptions,
  ) {
    const { modules, budget, code = component.code } = withoutPrototype(setup);
    this.#state = new InstanceState({
      component,
      wiring: component.wiring(options.traced !== undefined),
      code,
      modules,
      budget,
      imports,
      options,
    });
    const functions = new PlainFunctions(this.#state);
    this.#functions = options.traced?.around(functions, this.#state) ?? functions;
    // Start functions may call the host, which may call nothing inside before it receives the exports.
    this.#state.instance(0).mayEnter = false;
    const steps = runSteps(this.#state, this.#functions);
    this.steps = component.linking?.typed(steps) ?? steps;
  }

  exports(): ComponentExports {
    this.#state.tasks?.started();
    const exports = exportsOf(this.#state, this.#functions);
    this.#state.instance(0).mayEnter = true;
    return exports;
  }
}

/**
 * Instantiates a core module without a promise, which costs more than a small instance. Returns `undefined` on the main
 * thread of a browser that instantiates large core modules only asynchronously.
 */
export function instantiateHere({ module, imports }: CoreRequest): WebAssembly.Instance | undefined {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (error) {
    if (error instanceof RangeError && /main thread/iu.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * Runs the steps of an instance, with a promise for core modules that the platform instantiates only so, and returns
 * its exports.
 *
 * @param reason returns what is thrown when a core module cannot be instantiated
 */
export async function finishInstance(
  instance: NewInstance,
  reason: (request: CoreRequest, error: unknown) => unknown,
): Promise<ComponentExports> {
  const { steps } = instance;
  let step = steps.next();
  while (step.done !== true) {
    const request = step.value;
    let exports: WebAssembly.Exports;
    try {
      const made =
        instantiateHere(request) ?? (await WebAssembly.instantiate(request.module, request.imports));
      exports = request.prepare?.(made.exports) ?? made.exports;
    } catch (error) {
      throw await reason(request, error);
    }
    step = steps.next(exports);
  }
  return instance.exports();
}
