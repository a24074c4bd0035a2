import type { Grants } from './grants.ts';
import { wasi2, WasiIo } from './p2/index.ts';
import { wasi3 } from './p3/index.ts';
import { clientInterfaces2, clientInterfaces3 } from './run/http-interfaces.ts';
import { makeSystem } from './system/make-system.ts';
import type { System } from './system/system.ts';

/** All interfaces of WASI 0.2 and 0.3, under the names of their newest versions. */
type WasiInterfaces = ReturnType<typeof wasi2> &
  ReturnType<typeof wasi3> &
  ReturnType<typeof clientInterfaces2> &
  ReturnType<typeof clientInterfaces3>;

/** `Disposable`, in a form that may be an object of imports. */
type Disposing = { readonly [Symbol.dispose]: () => void };

/**
 * Makes the imports of one instance, for `instantiate` of `@wit-ts/runtime`: everything that WASI 0.2 and 0.3 have,
 * with nothing behind it but what is granted. Each version that is compatible with one of them by semver finds it. Make
 * new imports for each instance: two instances with the same imports would share their streams, their limit of open
 * descriptors, and their end.
 *
 * `Symbol.dispose` closes the files and streams that the instance still has open. Without it, files of Node are closed
 * when the instance is garbage collected. If the grants contain a network or a stream of the host, functions of 0.2
 * that wait for it return promises; `instantiateWithGrants` knows which ones.
 *
 * @throws TypeError when the grants are not in their form
 * @throws FileError when a granted directory of the host cannot be opened
 */
export function wasi(grants: Grants = {}): WasiInterfaces & Disposing {
  const system = makeSystem(grants);
  const io = new WasiIo(system);
  const imports: WasiInterfaces = {
    ...wasi2(system, { io }),
    ...wasi3(system),
    ...clientInterfaces2(system, io),
    ...clientInterfaces3(system),
  };
  return Object.assign(imports, disposing(system));
}

function disposing(system: System): Disposing {
  // Not every browser has the symbol.
  return Symbol.dispose === undefined ? ({} as Disposing) : { [Symbol.dispose]: () => system.close() };
}
