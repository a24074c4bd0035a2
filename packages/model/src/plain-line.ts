/**
 * Replaces line breaks, control characters and characters that are not shown or change the direction of text. Names in
 * binaries may have them, and messages with names are printed to terminals and logs.
 */
export function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
