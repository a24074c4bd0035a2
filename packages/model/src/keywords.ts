/**
 * The keywords of WIT (`WIT.md`, "Keywords"): reserved wherever an id stands, and written `%keyword` to be one. The
 * grammar's tokens are the authority; a test of `@wit-ts/wit` holds this list to them. It is here because naming a type
 * in a message must not cost the parser.
 */
export const keywords: ReadonlySet<string> = new Set(
  (
    'use type func u8 u16 u32 u64 s8 s16 s32 s64 f32 f64 char resource own borrow record flags variant enum bool string ' +
    'option result future stream error-context list map _ as from static interface tuple world import export package ' +
    'constructor include with async'
  ).split(' '),
);
