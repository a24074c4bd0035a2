/**
 * The functions that generated code calls. This is the contract between the compiler and its output, which may be
 * stored in files: names and meanings do not change.
 */
export * from './between.ts';
export * from './host.ts';
export { partText } from './host-value-reader.ts';
export { USED_TWICE } from './describe.ts';
export { missingMethod } from './calls.ts';
export { viewsBy } from './memory.ts';
export { liftOwn } from './handles.ts';
export { passOn } from './pass-on.ts';
export { copyBytesWithin, copyThrough, moveThrough, passing } from '../values/pass-within.ts';
export * from './value-readers.ts';
