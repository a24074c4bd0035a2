import type { Func } from '@wit-ts/model';

/** Compiles and instantiates the components of a script. `wit-ts-engine.ts` is the real one; tests use a small fake. */
export interface ScriptEngine {
  /**
   * Rejects with an error of class `rejected` (see `errorClass`) when the bytes are not a valid component.
   *
   * @param expects what the script says about the component. A valid one may be of an older draft.
   */
  compile(bytes: Uint8Array, expects: 'valid' | 'fault'): Promise<CompiledComponent>;
}

/** A compiled component of a script. */
export interface CompiledComponent {
  /** Makes a new instance with its own memories, tables and resource types. */
  instantiate(imports: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  /** Returns the type of a function that the component exports at its root. */
  exportedFunc(name: string): Func | undefined;
}

/**
 * What an error means: the component was rejected, trapped, or cannot be linked; a function returned `err`; or wit-ts
 * failed.
 */
export type ErrorClass = 'rejected' | 'trap' | 'unlinkable' | 'payload' | 'internal';

/** By the name of the error, because errors of other realms and workers are not instances of this realm's classes. */
const ERROR_CLASSES: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['WatError', 'rejected'],
  ['DecodeError', 'rejected'],
  ['WitError', 'rejected'],
  ['CompileError', 'rejected'],
  ['Trap', 'trap'],
  ['LinkError', 'unlinkable'],
  ['ComponentError', 'payload'],
]);

/** Returns the class of a documented error. Any other error is an internal error of wit-ts. */
export function errorClass(error: unknown): ErrorClass {
  return (error instanceof Error ? ERROR_CLASSES.get(error.name) : undefined) ?? 'internal';
}
