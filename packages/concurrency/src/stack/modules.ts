import type { FlatType } from '@wit-ts/abi';
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

/** The type of a core function with at most one result. */
export interface CoreSignature {
  readonly params: readonly FlatType[];
  readonly results: readonly FlatType[];
}

/** A small module through which a core function is called, so that its stack can be suspended. */
export interface StackModule {
  /** `suspending`: for a built-in or import that may block. `starting`: for a function that runs on its own stack. */
  readonly use: 'suspending' | 'starting';
  /** The type of the core function. */
  readonly signature: CoreSignature;
}

/** A key that is the same for modules with the same code. */
export function stackModuleKey({ use, signature: { params, results } }: StackModule): string {
  return `${use} ${params.join(' ')} → ${results.join(' ')}`;
}

/** Returns the module as a binary. */
export function stackModuleBytes({ use, signature }: StackModule): Uint8Array<ArrayBuffer> {
  return use === 'suspending' ? suspendingModule(signature) : startingModule(signature);
}

/** Returns the compiled module, which is compiled once for all stores. */
export function compiledStackModule(module: StackModule): WebAssembly.Module {
  const key = stackModuleKey(module);
  let found = compiledModules.get(key);
  if (found === undefined)
    compiledModules.set(key, (found = new WebAssembly.Module(stackModuleBytes(module))));
  return found;
}

const compiledModules = new Map<string, WebAssembly.Module>();

/**
 * A module with one function that calls `plain`, and while the global `blocked` is set after that, `suspend` and then
 * `resumed`, which returns the result in place of `plain`. So a call that need not wait costs no suspension.
 */
function suspendingModule(signature: CoreSignature): Uint8Array<ArrayBuffer> {
  const [result] = signature.results;
  const local = signature.params.length;
  const keep = result === undefined ? [] : [LOCAL_SET, ...unsigned(local)];
  const locals = result === undefined ? [0] : [1, 1, VALUE[result]];
  const body = [
    ...argumentsOf(signature),
    CALL,
    PLAIN,
    ...keep,
    BLOCK,
    VOID,
    LOOP,
    VOID,
    GLOBAL_GET,
    0,
    I32_EQZ,
    BR_IF,
    1,
    CALL,
    SUSPEND,
    CALL,
    RESUMED,
    ...keep,
    BR,
    0,
    END,
    END,
    ...(result === undefined ? [] : [LOCAL_GET, ...unsigned(local)]),
    END,
  ];
  return written(
    [signature, { params: [], results: [] }, { params: [], results: signature.results }],
    [
      importOf('', 'plain', [EXTERN.func, 0]),
      importOf('', 'suspend', [EXTERN.func, 1]),
      importOf('', 'resumed', [EXTERN.func, 2]),
      importOf('', 'blocked', [EXTERN.global, I32, MUTABLE]),
    ],
    3,
    [...locals, ...body],
  );
}

/**
 * A module with one function that calls `core` and gives its result to `done`. The platform gives the result of a
 * function on a stack of its own only in a promise.
 */
function startingModule(signature: CoreSignature): Uint8Array<ArrayBuffer> {
  const body = [...argumentsOf(signature), CALL, 0, CALL, 1, END];
  return written(
    [signature, { params: signature.results, results: [] }, { params: signature.params, results: [] }],
    [importOf('', 'core', [EXTERN.func, 0]), importOf('', 'done', [EXTERN.func, 1])],
    2,
    [0, ...body],
    2,
  );
}

const [PLAIN, SUSPEND, RESUMED] = [0, 1, 2];
const [BLOCK, LOOP, END, BR, BR_IF, CALL] = [0x02, 0x03, 0x0b, 0x0c, 0x0d, 0x10];
const [LOCAL_GET, LOCAL_SET, GLOBAL_GET, I32_EQZ] = [0x20, 0x21, 0x23, 0x45];
const VOID = 0x40;
const [I32, MUTABLE] = [0x7f, 1];
const VALUE: Readonly<Record<FlatType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };

function argumentsOf({ params }: CoreSignature): number[] {
  return params.flatMap((_, index) => [LOCAL_GET, ...unsigned(index)]);
}

/** @param type the index of the exported function's type */
function written(
  types: readonly CoreSignature[],
  imports: readonly Uint8Array[],
  func: number,
  code: readonly number[],
  type = 0,
): Uint8Array<ArrayBuffer> {
  return coreModule([
    section(SECTION.type, types.map(funcType)),
    section(SECTION.import, imports),
    section(SECTION.function, [[type]]),
    section(SECTION.export, [exportedFunc('', func)]),
    section(SECTION.code, [[...unsigned(code.length), ...code]]),
  ]);
}
