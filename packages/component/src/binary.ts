/**
 * Reading alone, for those who run components: without validation, and without the world in WIT's terms. Whatever is offered
 * here `@wit-ts/component` offers too.
 */
export { readModuleType } from './core/read-module.ts';
export { DecodeError } from './decode-error.ts';
export { decode } from './decode/decode.ts';
