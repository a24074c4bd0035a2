/**
 * The types of the global `WebAssembly` that published declarations mention. They are structural: what the DOM library
 * declares is assignable to them.
 */

/** A compiled core module, `WebAssembly.Module`. */
// oxlint-disable-next-line no-empty-interface, no-empty-object-type -- the DOM library declares nothing in it either
export interface Module {}

/** A linear memory, `WebAssembly.Memory`. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

/** A table of functions, `WebAssembly.Table`. */
export interface Table {
  readonly length: number;
}

/** An instance of a core module, `WebAssembly.Instance`. */
export interface Instance {
  readonly exports: Exports;
}

/** What an instance of a core module exports. */
export type Exports = Record<string, ExportValue>;

/** A function, a memory, a table, a global or a tag. */
export type ExportValue = object;

/** What an instance of a core module is given, by the names of modules in it. */
export type Imports = Record<string, ModuleImports>;

/** What an instance of a core module is given under one name of a module. */
export type ModuleImports = Record<string, ImportValue>;

/** An export of another instance, or a number for a global. */
export type ImportValue = ExportValue | number | bigint;
