/**
 * Where a component comes from. `modules` gives the core modules compiled beforehand, in the order in which
 * `componentModules` lists them, for platforms that do not compile WebAssembly at run time.
 */
export type Source =
  | Uint8Array
  | ArrayBuffer
  | Response
  | Promise<Uint8Array | ArrayBuffer | Response>
  | { readonly bytes: Uint8Array | ArrayBuffer; readonly modules: readonly WebAssembly.Module[] };

/**
 * The bytes of a source, and its compiled core modules where it brings them. The bytes are the runtime's own: core modules are
 * read from them again for other limits, whatever has become of the host's buffer.
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
    'a component is given as a Uint8Array, an ArrayBuffer, a Response, or { bytes, modules }; ' +
      `got ${given === null ? 'null' : typeof given}`,
  );
}

function copyOf(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  return new Uint8Array(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
}

/** Buffers of another realm are buffers too (a test environment, an iframe). */
function isBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]';
}
