/**
 * The keywords of WIT (`WIT.md`, "Keywords"). An id that is a keyword is written `%keyword`. The grammar's tokens are
 * the authority, and a test of `@wit-ts/wit` compares this list with them. It is here so that printing the name of a
 * type does not load the parser.
 */
export const keywords: ReadonlySet<string> = new Set(
  (
    'use type func u8 u16 u32 u64 s8 s16 s32 s64 f32 f64 char resource own borrow record flags variant enum bool string ' +
    'option result future stream error-context list map _ as from static interface tuple world import export package ' +
    'constructor include with async'
  ).split(' '),
);
