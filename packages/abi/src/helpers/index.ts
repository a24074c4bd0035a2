/**
 * What generated code calls. This is the contract between the compiler and its output, the files of `wit-ts transpile`
 * among it: names and meanings stay.
 */
export {
  ARGUMENTS,
  FINISHING,
  PASSING,
  RESULT,
  RETURNING_TO,
  RUNNING,
  badChar,
  enterFrom,
  raiseBetween,
  refuseEntering,
  refuseLeaving,
} from './between.ts';
export {
  CALLING,
  LIFTING,
  LOWERING,
  LOWERING_ERROR,
  cannotEnter,
  cannotLeave,
  enter,
  entered,
  errorPayload,
  failed,
  leave,
  raiseLowered,
  unlowered,
} from './calls.ts';
export { checkLatin1OrUtf16, checkUtf16, checkUtf8 } from './check-strings.ts';
export {
  Moved,
  borrowed,
  checkBorrows,
  endLend,
  endLends,
  endLendsOfReps,
  lend,
  liftBorrow,
  liftBorrowRep,
  liftOwn,
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
  checkLength,
  checkMap,
  elementsOf,
  elementsOfLength,
  entryCount,
  isBuiltIn,
  isThenable,
  lengthOf,
  memberOf,
  toS64,
  toU64,
  typedLength,
} from './lower-values.ts';
export { budgetFor, overBudget, viewsOf } from './memory.ts';
export { bad } from './mismatch.ts';
export {
  copyBytes,
  copyLatin1,
  copyUtf16,
  latin1ToUtf16,
  latin1ToUtf8,
  probablyUtf16ToLatin1OrUtf16,
  utf16ToLatin1OrUtf16,
  utf16ToUtf8,
  utf8ToLatin1OrUtf16,
  utf8ToUtf16,
} from './move-strings.ts';
export {
  adopt,
  dispose,
  disposeOf,
  droppedOf,
  forget,
  noConstructor,
  track,
  wrapperOf,
} from '../resource-class.ts';
export { HANDLE, NoClass } from '../resource-type.ts';
export { ComponentError } from '../trap.ts';
