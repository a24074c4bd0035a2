import {
  coreModule,
  EXTERN,
  exportedFunc,
  funcType,
  importOf,
  SECTION,
  section,
  unsigned,
} from '@wit-ts/component/module-writer';
import type { CoreSignature } from '@wit-ts/concurrency';

/**
 * Compiles a module with one function, `(func (export "") …)`, that calls `refuse` while the global `busy` is set,
 * and `call` otherwise. All three are imported from the module "", and the two functions have the given signature.
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

/** Compiles the same with a function that sets `busy` while it calls `call`. */
export function busyModule(signature: CoreSignature): WebAssembly.Module {
  return compiled(signature, [...setBusy(1), ...argumentsOf(signature), CALL, CALLEE, ...setBusy(0), END]);
}

/** Compiles the same with a function that only calls `call`. */
export function forwardModule(signature: CoreSignature): WebAssembly.Module {
  return compiled(signature, [...argumentsOf(signature), CALL, CALLEE, END]);
}

const [CALLEE, REFUSE] = [0, 1];
const [IF, END, RETURN, CALL, RETURN_CALL] = [0x04, 0x0b, 0x0f, 0x10, 0x12];
const [LOCAL_GET, GLOBAL_GET, GLOBAL_SET, I32_CONST] = [0x20, 0x23, 0x24, 0x41];
const VOID = 0x40;
const [I32, MUTABLE] = [0x7f, 1];

function setBusy(value: 0 | 1): number[] {
  return [I32_CONST, value, GLOBAL_SET, 0];
}

function argumentsOf({ params }: CoreSignature): number[] {
  return params.flatMap((_, index) => [LOCAL_GET, index]);
}

function compiled(signature: CoreSignature, body: readonly number[]): WebAssembly.Module {
  const noLocals = 0;
  const code = [noLocals, ...body];
  return new WebAssembly.Module(
    coreModule([
      section(SECTION.type, [funcType(signature)]),
      section(SECTION.import, [
        importOf('', 'call', [EXTERN.func, 0]),
        importOf('', 'refuse', [EXTERN.func, 0]),
        importOf('', 'busy', [EXTERN.global, I32, MUTABLE]),
      ]),
      section(SECTION.function, [[0]]),
      section(SECTION.export, [exportedFunc('', 2)]),
      section(SECTION.code, [[...unsigned(code.length), ...code]]),
    ]),
  );
}
