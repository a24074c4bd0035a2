/** The helpers of the code for `canon lift` and `canon lower`. */
export { enter, entered, errorPayload, raiseLowered, readArguments, unlowered } from './calls.ts';
export { cannotEnter, cannotLeave, failed } from './traps.ts';
export {
  Moved,
  borrowed,
  checkBorrows,
  endLend,
  endLends,
  lend,
  liftBorrow,
  liftBorrowRep,
  liftOwnRep,
  lowerBorrow,
  lowerBorrowRep,
  lowerOwn,
  lowerOwnRep,
  takeOwn,
} from './handles.ts';
export { liftLatin1OrUtf16, liftUtf16, liftUtf8 } from './lift-strings.ts';
export {
  badList,
  badPointer,
  badRealloc,
  bitsOfF32,
  bitsOfF64,
  f32FromBits,
  f64FromBits,
  invalidDiscriminant,
  liftChar,
  overLimit,
} from './lift-values.ts';
export {
  encodeUtf8,
  isWide,
  packShort,
  writeLatin1OrUtf16,
  writePacked,
  writeUtf16,
} from './lower-strings.ts';
export {
  charCode,
  copyFirst,
  definedElements,
  elementsOf,
  entryCount,
  grew,
  isBuiltIn,
  lengthOf,
  mapEntries,
  memberOf,
  toS64,
  toU64,
  typedKind,
  typedLength,
} from './lower-values.ts';
export { isThenable } from './value-kinds.ts';
export { toAddress, viewsOf } from './memory.ts';
export { bad, refusedMessage } from './mismatch.ts';
export { adopt, disposeOf, droppedOf, forget, noConstructor, track, wrapperOf } from '../resource-class.ts';
export { dispose } from '@wit-ts/mapping';
export { HANDLE, NoClass } from '../resource-type.ts';
export { ComponentError } from '../trap.ts';
