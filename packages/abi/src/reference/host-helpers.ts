import { hostHelpers } from '../helpers/host-helpers.ts';
import { resourceHelpers } from '../helpers/resource-helpers.ts';

/**
 * The helpers that this engine shares with the emitted code, from two objects: importing each of them from its module
 * would make a page load its name a second time.
 */
export const {
  checkBorrows,
  endLends,
  enter,
  entered,
  HANDLE,
  liftBorrow,
  liftBorrowRep,
  liftOwnRep,
  lowerBorrow,
  lowerBorrowRep,
  lowerOwn,
  lowerOwnRep,
  Moved,
  raiseLowered,
  readArguments,
  toAddress,
  unlowered,
} = { ...hostHelpers, ...resourceHelpers };
