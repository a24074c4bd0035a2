import { isThenable, platformClassOf } from '@wit-ts/abi';
import { diagnosticsAndTrace } from './errors-on-demand.ts';

/** The bytes of a component. Any view is read as the bytes that it shows, and a file of a page is a `Blob`. */
type SourceBytes = ArrayBufferView | ArrayBufferLike | Blob | Response;

/**
 * The source of a component. `modules` are its core modules, already compiled, in the order of `componentModules`. They
 * are for platforms that do not compile WebAssembly at run time.
 */
export type Source = ReadableSource | PromiseLike<ReadableSource>;

type ReadableSource = SourceBytes | CompiledSource;

interface CompiledSource {
  readonly bytes: SourceBytes | PromiseLike<SourceBytes>;
  readonly modules?: readonly WebAssembly.Module[] | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Rejects with what says which sources are accepted. */
type Refuse = (given: unknown) => Promise<never>;

interface SourceParts {
  /** A copy: nothing that happens to the host's buffer later changes the component. */
  readonly bytes: Bytes;
  readonly modules?: readonly WebAssembly.Module[] | undefined;
}

/**
 * Reads the bytes of a source, and its compiled core modules if it has them. As in `WebAssembly.compile`, bytes are
 * copied before the function returns, and those of a promise as soon as it is resolved.
 *
 * @throws TypeError when the value is not a source, or its buffer was transferred
 */
export function readSource(source: Source): Promise<SourceParts> {
  return readSourceOr(source, refused);
}

/** Does what `readSource` does, for programs that load no code on demand. */
export async function readSourceOr(source: Source, refuse: Refuse): Promise<SourceParts> {
  // Only a promise is awaited: the host may reuse its buffer before the next microtask.
  const given: unknown = isThenable(source) ? await source : source;
  const read = readBytes(given, refuse);
  if (read !== undefined) return { bytes: await read, modules: undefined };
  if (!isObject(given) || !('bytes' in given)) return refuse(given);
  const { bytes, modules } = given as CompiledSource;
  const copied = modules && [...modules];
  const inner: unknown = isThenable(bytes) ? await bytes : bytes;
  return { bytes: await (readBytes(inner, refuse) ?? refuse(inner)), modules: copied };
}

/** Returns a copy of bytes, or a promise of them. Returns nothing for a value of any other kind. */
function readBytes(given: unknown, refuse: Refuse): Bytes | Promise<Bytes> | undefined {
  if (!isObject(given)) return undefined;
  try {
    if (ArrayBuffer.isView(given)) return copyOf(given.buffer, given.byteOffset, given.byteLength);
    if (isBuffer(given)) return copyOf(given);
  } catch {
    return refuse(given);
  }
  return 'arrayBuffer' in given && typeof given.arrayBuffer === 'function'
    ? readBody(given as Response, refuse)
    : undefined;
}

/** Reads a `Response`, a `Blob` or a `File`, possibly of another realm or of a library. */
async function readBody(body: Response, refuse: Refuse): Promise<Bytes> {
  const isRequest = 'method' in body;
  if (body.ok === false || (isRequest && body.body === null)) return refuse(body);
  return new Uint8Array(await body.arrayBuffer());
}

function copyOf(...view: [buffer: ArrayBufferLike, offset?: number, length?: number]): Bytes {
  return new Uint8Array(new Uint8Array(...view));
}

/** Buffers may come from another realm (a test environment, an iframe). */
function isBuffer(value: unknown): value is ArrayBufferLike {
  return /^(Shared)?ArrayBuffer$/u.test(platformClassOf(value));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Throws what says which sources are accepted. Without code on demand, as in a service worker, a short error does. */
async function refused(given: unknown): Promise<never> {
  throw (
    (await diagnosticsAndTrace())?.refusedSource(given) ??
    new TypeError('this is not the source of a component')
  );
}
