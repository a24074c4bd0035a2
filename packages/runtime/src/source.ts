/**
 * The source of a component. `modules` are its core modules, already compiled, in the order of `componentModules`.
 * They serve platforms that do not compile WebAssembly at run time.
 */
export type Source =
  | Uint8Array
  | ArrayBuffer
  | Response
  | Promise<Uint8Array | ArrayBuffer | Response>
  | { readonly bytes: Uint8Array | ArrayBuffer; readonly modules: readonly WebAssembly.Module[] };

/**
 * Reads the bytes of a source, and its compiled core modules if it has them. The bytes are a copy, because core
 * modules may be compiled again for other limits after the host has changed its buffer.
 */
export async function readSource(
  source: Source,
): Promise<{ readonly bytes: Uint8Array; readonly modules?: readonly WebAssembly.Module[] }> {
  const given = await source;
  if (given instanceof Uint8Array || isBuffer(given)) return { bytes: copyOf(given) };
  if (isResponse(given)) {
    if (!given.ok) {
      throw new TypeError(
        `the component could not be fetched: ${given.url} answered ${given.status} ${given.statusText}`,
      );
    }
    return { bytes: new Uint8Array(await given.arrayBuffer()) };
  }
  if (typeof given === 'object' && given !== null && 'bytes' in given) {
    const { bytes, modules } = given;
    return { bytes: copyOf(bytes), modules };
  }
  throw new TypeError(
    'expected a component as Uint8Array, ArrayBuffer, Response or { bytes, modules }, ' +
      `got ${given === null ? 'null' : typeof given}`,
  );
}

function copyOf(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  return new Uint8Array(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
}

/** Buffers may come from another realm (a test environment, an iframe). */
function isBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]';
}
