/**
 * The layout of types in linear memory and in core values (`CanonicalABI.md`). It is a part of the model because the
 * Canonical ABI, the validator of components and the planner need it.
 */
export { elemSize } from './elem-size.ts';
export { allocates, contains, containsKind, eachType, valueParts } from './contains.ts';
export {
  despecialize,
  type Despecialized,
  type Element,
  isKind,
  MAX_DEPTH,
  resolveResource,
  shapeAs,
  tooDeep,
} from './despecialize.ts';
export { type FlatSignature, flattenSyncFunctype, flattenType, flattenTypes } from './flatten.ts';
export { flattenFunctype, type FlatteningOptions } from './flatten-functype.ts';
export {
  type AddressType,
  alignment,
  alignTo,
  type FlatType,
  discriminantSize,
  elementLayout,
  flagsSize,
  isMapEntry,
  joinFlat,
  type Layout,
  layoutOf,
  MAX_FLAT_ASYNC_PARAMS,
  MAX_FLAT_PARAMS,
  MAX_FLAT_RESULTS,
  ptrSize,
  sequenceLayout,
  sharesOf,
  TypeTooLarge,
  variantLayout,
} from './layout.ts';
export { type Shape, shapeOf } from '../shape.ts';
export { unalias } from '../unalias.ts';
export { containsWaitables, mentionedTypes, mentionsWaitables, resourcesOf } from './mentioned-types.ts';
export { waitablesOf } from './waitables-of.ts';
