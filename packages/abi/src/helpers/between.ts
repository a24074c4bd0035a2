/** The helpers that only the code for calls between components, and for values outside of calls, needs. */
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
} from './component-calls.ts';
export { asTrap } from './traps.ts';
export { readFlat, unloweredFlat } from './flat-values.ts';
export { readValues, unloaded, unstored } from './values.ts';
export { checkLatin1OrUtf16, checkUtf16, checkUtf8 } from './check-strings.ts';
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
