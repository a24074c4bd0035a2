import { asTrap, type ComponentInstance } from '@wit-ts/abi';

/** A core instance that a static module needs: the compiled module, its imports, and who it belongs to. */
type CoreRequest = readonly [WebAssembly.Module, WebAssembly.Imports, ComponentInstance];

/** The steps of an instance. They return its exports. */
type Steps<Exports> = Generator<CoreRequest, Exports, WebAssembly.Exports>;

/** Makes an instance. Large core modules are instantiated without blocking where the platform wants that. */
export async function run<Exports>(steps: Steps<Exports>): Promise<Exports> {
  let step = steps.next();
  while (!step.done) {
    const request: CoreRequest = step.value;
    const made = instantiateHere(request) ?? (await WebAssembly.instantiate(request[0], request[1]));
    step = steps.next(made.exports);
  }
  return step.value;
}

/** Makes an instance without a promise. */
export function runSync<Exports>(steps: Steps<Exports>): Exports {
  let step = steps.next();
  while (!step.done) {
    const request: CoreRequest = step.value;
    const made = instantiateHere(request);
    if (made === undefined)
      throw new RangeError('this platform instantiates a module of this size only asynchronously');
    step = steps.next(made.exports);
  }
  return step.value;
}

/**
 * Returns `undefined` on the main thread of a browser that instantiates large modules only asynchronously.
 *
 * @throws Trap when a start function traps. Other errors, such as those of linking, stay as they are
 */
function instantiateHere([module, imports, instance]: CoreRequest): WebAssembly.Instance | undefined {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (error) {
    if (error instanceof RangeError && /main thread/iu.test(error.message)) return undefined;
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    instance.failure = asTrap(error, `starting a core module of ${instance.name}`);
    throw instance.failure;
  }
}
