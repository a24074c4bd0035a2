import type { Component, Limits } from '@wit-ts/runtime';
import { binaryKind, NotRunnableError } from './program-kind.ts';

/** The bytes of a program. */
type ProgramBytes = ArrayBufferView | ArrayBuffer | Blob | Response;

/**
 * A program: its bytes, a core module that is compiled already, or a component that `compile` of `@wit-ts/runtime`
 * returned, which starts sooner when it runs again.
 */
export type ProgramSource = ProgramBytes | WebAssembly.Module | Component | PromiseLike<ProgramBytes>;

/** A program that is known to be of one kind. */
export type Program =
  | {
      readonly tag: 'core-module';
      /** Its bytes if there are limits, for which it is rewritten before it is compiled. */
      readonly module: WebAssembly.Module | Uint8Array<ArrayBuffer>;
    }
  | { readonly tag: 'component'; readonly component: Component | Uint8Array<ArrayBuffer> };

/**
 * Finds out what a source is, and compiles it if it is a core module without limits.
 *
 * @throws TypeError when it is a compiled core module, and there are limits
 * @throws NotRunnableError when it is neither a core module nor a component
 * @throws WebAssembly.CompileError when it is a core module that is not valid
 */
export async function readProgram(source: ProgramSource, limits?: Limits): Promise<Program> {
  const given: unknown = await source;
  if (given instanceof WebAssembly.Module) {
    if (limits !== undefined)
      throw new TypeError('a core module that is compiled already cannot be limited: give `run` its bytes');
    return { tag: 'core-module', module: given };
  }
  if (isComponent(given)) return { tag: 'component', component: given };
  const bytes = await bytesOf(given);
  switch (binaryKind(bytes)) {
    case 'core-module':
      return { tag: 'core-module', module: limits === undefined ? await WebAssembly.compile(bytes) : bytes };
    case 'component':
      return { tag: 'component', component: bytes };
    default:
      throw new NotRunnableError(`not a WebAssembly program: it starts with \`${startOf(bytes)}\``);
  }
}

/** Recognises a component of the runtime without loading the runtime, which core modules do not need. */
function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && 'plan' in value && 'decoded' in value;
}

async function bytesOf(given: unknown): Promise<Uint8Array<ArrayBuffer>> {
  if (given instanceof ArrayBuffer) return new Uint8Array(given);
  if (ArrayBuffer.isView(given)) {
    const { buffer, byteOffset, byteLength } = given;
    const view = new Uint8Array(buffer, byteOffset, byteLength);
    // Bytes that another thread may change are copied before anything looks at them.
    return buffer instanceof ArrayBuffer ? (view as Uint8Array<ArrayBuffer>) : new Uint8Array(view);
  }
  if (typeof given === 'object' && given !== null && 'arrayBuffer' in given)
    return new Uint8Array(await (given as Blob).arrayBuffer());
  throw new NotRunnableError(
    `a program is its bytes, a WebAssembly.Module or a component of \`compile\`, got ${given === null ? 'null' : typeof given}`,
  );
}

function startOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
