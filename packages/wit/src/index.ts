export { parse, parseOrThrow } from './parse.ts';
export { resolve, resolveOrThrow, type Resolved } from './resolve/resolve.ts';
export { selectWorld } from './select-world.ts';
export type { PackageInput, ResolveInput, ResolveOptions } from './resolve/input.ts';
export type { Ast } from './ast/ast.ts';
export { print, type PrintOptions } from './print/print.ts';
export { toJson, type Json, type JsonObject, type ResolveJson } from '@wit-ts/model';
export { format, formatDoc, type FormatOptions, type FormattedDoc } from './format/format.ts';
export type { Doc } from './format/doc.ts';
