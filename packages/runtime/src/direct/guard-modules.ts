import type { CoreType } from '@wit-ts/abi';

/** The type of a core function with at most one result. */
export interface CoreSignature {
  readonly params: readonly CoreType[];
  readonly results: readonly CoreType[];
}

/**
 * `(func (export "") …)` that calls `refuse` while the global is set, and otherwise `call`. Those are imported from "" and
 * have the same signature; the global is `busy`.
 */
export function guardModule(signature: CoreSignature): WebAssembly.Module {
  const args = argumentsOf(signature);
  const guard = (call: number): WebAssembly.Module =>
    compiled(signature, [
      GLOBAL_GET,
      0,
      IF,
      VOID,
      ...args,
      call,
      REFUSE,
      RETURN,
      END,
      ...args,
      call,
      CALLEE,
      END,
    ]);
  try {
    // Without any other call the function needs no frame, which is a good part of its time.
    return guard(RETURN_CALL);
  } catch {
    // Before WebAssembly 3.0 there are no tail calls.
    return guard(CALL);
  }
}

/** `(func (export "") …)` that sets the global while it calls the imported function; the imports are those of a guard. */
export function busyModule(signature: CoreSignature): WebAssembly.Module {
  return compiled(signature, [...setBusy(1), ...argumentsOf(signature), CALL, CALLEE, ...setBusy(0), END]);
}

/** `(func (export "") …)` that calls the imported function; the imports are those of a guard. */
export function forwardModule(signature: CoreSignature): WebAssembly.Module {
  return compiled(signature, [...argumentsOf(signature), CALL, CALLEE, END]);
}

const [CALLEE, REFUSE] = [0, 1];
const [IF, END, RETURN, CALL, RETURN_CALL] = [0x04, 0x0b, 0x0f, 0x10, 0x12];
const [LOCAL_GET, GLOBAL_GET, GLOBAL_SET, I32_CONST] = [0x20, 0x23, 0x24, 0x41];
const VOID = 0x40;
const VALUE_TYPES: Readonly<Record<CoreType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };

function setBusy(value: 0 | 1): number[] {
  return [I32_CONST, value, GLOBAL_SET, 0];
}

function argumentsOf({ params }: CoreSignature): number[] {
  return params.flatMap((_, index) => [LOCAL_GET, index]);
}

function compiled({ params, results }: CoreSignature, body: readonly number[]): WebAssembly.Module {
  const code = [0, ...body];
  const sections = [
    section(1, [[0x60, ...typesOf(params), ...typesOf(results)]]),
    section(2, [imported('call', 0, 0), imported('refuse', 0, 0), imported('busy', 3, 0x7f, 1)]),
    section(3, [[0]]),
    section(7, [[...text(''), 0, 2]]),
    section(10, [[code.length, ...code]]),
  ];
  return new WebAssembly.Module(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]));
}

function typesOf(list: readonly CoreType[]): number[] {
  return vector(list.map((type) => [VALUE_TYPES[type]]));
}

function imported(name: string, ...description: readonly number[]): number[] {
  return [...text(''), ...text(name), ...description];
}

/** All of it is short, as functions have at most 16 parameters: a length is one byte. */
function vector(items: readonly (readonly number[])[]): number[] {
  return [items.length, ...items.flat()];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = vector(items);
  return [id, content.length, ...content];
}

function text(ascii: string): number[] {
  return vector(Array.from(ascii, (char) => [char.charCodeAt(0)]));
}
