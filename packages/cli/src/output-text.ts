import { printable, printableLine, type Severity } from '@wit-ts/diagnostics';

/** Matches the colours of `paintOf`, line breaks, and what a terminal or a reader could be deceived with. */
const CONTROLS =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /\u001b\[(?:0|1|2|31|32|33|36)m|\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Characters that a terminal does not show. Elsewhere they are text, such as the joiners in emoji of documentation. */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Replaces control characters and characters that change the direction of text, whatever the output is, and for a
 * terminal also what it does not show: names in binaries and paths may be hostile, and a terminal obeys escape
 * sequences. The colours that `paintOf` makes stay; names lose even those, because they are printed through
 * `printable`.
 */
export function harmless(text: string, isTerminal: boolean): string {
  const clean = text.replace(CONTROLS, (found) => (found.length > 1 ? found : '\u{fffd}'));
  return isTerminal ? clean.replace(INVISIBLE, '\u{fffd}') : clean;
}

/** Escapes in JSON what `JSON.stringify` leaves as it is: control characters from U+007F, and marks of direction. */
export function escapeControls(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu, (char) =>
    char.length === 1
      ? unicodeEscape(char.charCodeAt(0))
      : unicodeEscape(char.charCodeAt(0)) + unicodeEscape(char.charCodeAt(1)),
  );
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** A finding on one line: `file:line:col: error[code]: message`. An empty position is left out. */
export function lineText(position: string, severity: Severity, code: string, message: string): string {
  const text = `${position === '' ? '' : `${position}: `}${severity}[${code}]: ${message}`;
  return printableLine(printable(text).replaceAll(/\s*\n\s*/gu, '; '));
}
