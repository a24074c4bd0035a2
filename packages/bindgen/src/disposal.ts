import { code, globalType, type Printable } from './printable.ts';

/** The key of the dispose method in declarations; its value at run time is `dispose` of `@wit-ts/mapping`. */
export const disposeKey: Printable = code`[${globalType('Symbol')}.dispose]`;

/** The type that TypeScript declares for objects with the method. */
export const disposableType: Printable = globalType('Disposable');

/** Returns true if a declaration needs the library of TypeScript that declares `Symbol.dispose`. */
export function mentionsDisposal(text: string): boolean {
  return /\bSymbol\.dispose\]/u.test(text);
}
