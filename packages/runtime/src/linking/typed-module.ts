import type { CoreFuncType } from '@wit-ts/component';
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

/** A core function, the two names under which it is imported, and its type. */
export interface TypedFunction {
  readonly module: string;
  readonly name: string;
  readonly type: CoreFuncType;
}

/**
 * Returns a core module that imports functions and exports each again, under its number. JavaScript functions have no
 * signature. Importing one through this module gives it a signature, which the engine then compares with what the
 * other side expects. Returns nothing on a platform that does not compile modules at run time.
 */
export function typedModule(functions: readonly TypedFunction[]): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(typedModuleBytes(functions));
  } catch {
    return undefined;
  }
}

/** Returns the bytes of such a module. */
export function typedModuleBytes(functions: readonly TypedFunction[]): Uint8Array<ArrayBuffer> {
  return coreModule([
    section(
      SECTION.type,
      functions.map(({ type }) => funcType(type)),
    ),
    section(
      SECTION.import,
      functions.map(({ module, name }, index) => importOf(module, name, [EXTERN.func, ...unsigned(index)])),
    ),
    section(
      SECTION.export,
      functions.map((_, index) => exportedFunc(String(index), index)),
    ),
  ]);
}
