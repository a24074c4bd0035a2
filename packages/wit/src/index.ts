export { print, type PrintOptions } from './print/print.ts';
export { toJson, type Json, type JsonObject, type ResolveJson } from '@wit-ts/model';
export { format, formatDoc, type FormatOptions, type FormattedDoc } from './format/format.ts';
export type { Doc } from './format/doc.ts';
