/**
 * Words that cannot name a parameter, a function declaration or a default export in a module: the reserved words of
 * ECMAScript in strict mode, and `this`, which TypeScript reads as the declaration of a receiver.
 */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);
