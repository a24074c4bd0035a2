/** The longest text that is parsed, in UTF-16 units. The WIT of all of WASI has a twentieth of that. */
export const MAX_TEXT_LENGTH = 10_000_000;

/** The greatest permitted depth of nested types, as in the reference implementation. No parse recurses further. */
export const MAX_NESTING = 100;
