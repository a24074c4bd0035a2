import { asTrap, type ComponentInstance } from '@wit-ts/abi';

/** A core instance that a static module needs: the compiled module, its imports, and who it belongs to. */
type CoreRequest = readonly [WebAssembly.Module, WebAssembly.Imports, ComponentInstance];

/** The steps of an instance. They return its exports. */
type Steps<Exports> = Generator<CoreRequest, Exports, WebAssembly.Exports>;

/**
 * Makes an instance without a promise.
 *
 * @throws Trap when a start function traps. Other errors, such as those of linking, stay as they are
 */
export function run<Exports>(steps: Steps<Exports>): Exports {
  let step = steps.next();
  while (!step.done) step = steps.next(instantiateHere(step.value));
  return step.value;
}

function instantiateHere([module, imports, instance]: CoreRequest): WebAssembly.Exports {
  try {
    return new WebAssembly.Instance(module, imports).exports;
  } catch (error) {
    throw notStarted(instance, error);
  }
}

/**
 * Makes an instance on a platform whose main thread instantiates large core modules only with a promise.
 *
 * @throws what `run` throws
 */
export async function runInPage<Exports>(steps: Steps<Exports>): Promise<Exports> {
  let step = steps.next();
  while (!step.done) {
    const request: CoreRequest = step.value;
    let exports: WebAssembly.Exports;
    try {
      exports = instantiateHere(request);
    } catch (error) {
      if (!(error instanceof RangeError) || !/main thread/iu.test(error.message)) throw error;
      exports = await instantiateLarge(request);
    }
    step = steps.next(exports);
  }
  return step.value;
}

async function instantiateLarge([module, imports, instance]: CoreRequest): Promise<WebAssembly.Exports> {
  try {
    return (await WebAssembly.instantiate(module, imports)).exports;
  } catch (error) {
    throw notStarted(instance, error);
  }
}

function notStarted(instance: ComponentInstance, error: unknown): unknown {
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  return (instance.failure = asTrap(error, `starting a core module of ${instance.name}`));
}
