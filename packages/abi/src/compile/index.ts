import type { Engine } from '../engine.ts';
import { fuse } from './fuse/index.ts';
import { compileHostEngine } from './host-engine.ts';

export type { EmittedFactory } from './emitted-factory.ts';
export { emitFuse, type FuseOptions } from './fuse/fuse-function.ts';
export { emitLift, type LiftOptions } from './lift-function.ts';
export { emitLower } from './lower-function.ts';
export { typeTableFunction } from './type-table-text.ts';

/**
 * The engine that emits JavaScript specialised for a function type and its options. It needs a platform that lets it make
 * functions from text; under a strict content security policy use the reference engine, or transpile beforehand.
 */
export const compileEngine: Engine = { ...compileHostEngine, fuse };
