import { asTrap, type ComponentInstance } from '@wit-ts/abi';

/** A core instance that a static module needs: the compiled module, its imports, and who it belongs to. */
type CoreRequest = readonly [WebAssembly.Module, WebAssembly.Imports, ComponentInstance];

/** The steps of an instance. They return its exports. */
type Steps<Exports> = Generator<CoreRequest, Exports, WebAssembly.Exports>;

/**
 * Makes an instance.
 *
 * @param mayWait whether a promise may be returned. The main thread of a browser instantiates large core modules only
 *   with one
 * @throws Trap when a start function traps. Other errors, such as those of linking, stay as they are
 */
export function run<Exports>(steps: Steps<Exports>, mayWait: boolean): Exports | Promise<Exports> {
  const next = (last?: WebAssembly.Instance): Exports | Promise<Exports> => {
    let made = last;
    for (;;) {
      const step = steps.next(made?.exports as WebAssembly.Exports);
      if (step.done) return step.value;
      const [module, imports, instance] = step.value;
      const failed = (error: unknown): never => {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        throw (instance.failure = asTrap(error, `starting a core module of ${instance.name}`));
      };
      try {
        made = new WebAssembly.Instance(module, imports);
      } catch (error) {
        if (mayWait && error instanceof RangeError && /main thread/iu.test(error.message))
          return WebAssembly.instantiate(module, imports).catch(failed).then(next);
        failed(error);
      }
    }
  };
  return next();
}
