export { print, type PrintOptions } from './print/print.ts';
export { toJson, type Json, type JsonObject, type ResolveJson } from '@wit-ts/model';
export { format, type FormatOptions } from './format/format.ts';
