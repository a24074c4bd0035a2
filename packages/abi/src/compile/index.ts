import type { Engine } from '../engine.ts';
import { ResourceHandle } from '../handle-table.ts';
import { fuse } from './fuse/index.ts';
import { compileHostEngine } from './host-engine.ts';
import { compiledResources } from './resources.ts';
import { compileValueEngine } from './values/index.ts';

export type { EmittedFactory } from './emitted-factory.ts';
export { emitAllocation, emitLowerString } from './allocation.ts';
export { emitFuse, type FuseOptions } from './fuse/fuse-function.ts';
export { emitLift, type LiftOptions } from './lift-function.ts';
export { emitLower } from './lower-function.ts';
export { passedOnTable } from '../passed-on.ts';
export { emitResourceClass } from './resource-class.ts';
export { Code, dataText, literal, objectKey, property } from './source-text.ts';
export { emitCopyValues } from './values/copy-values.ts';
export { emitLiftFlat } from './values/lift-flat.ts';
export { emitLowerFlat } from './values/lower-flat.ts';
export { emitMoveFlat } from './values/move-flat.ts';
export { emitCopyWithin, emitMoveWithin } from './values/same-instance.ts';
export { emitLoad } from './values/load-values.ts';
export { viewsText } from './views-text.ts';
export { TableTexts } from './table-text.ts';
export { emitStore } from './values/store-values.ts';

/**
 * The engine that emits JavaScript specialised for a function type and its options. It needs a platform that can make
 * functions from text. Under a strict content security policy, use the reference engine.
 */
export const compileEngine: Engine = {
  handleClass: ResourceHandle,
  ...compileHostEngine(compiledResources),
  fuse,
  ...compileValueEngine,
};
