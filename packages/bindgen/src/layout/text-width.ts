/** Returns the columns that a text takes: wide characters of East Asia and emoji take two, marks on others none. */
export function widthOf(text: string): number {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7e) return widthOfUnicode(text);
  return text.length;
}

function widthOfUnicode(text: string): number {
  let width = 0;
  for (const character of text.replace(EMOJI, '\u3042')) {
    if (NO_WIDTH.test(character)) continue;
    const code = character.codePointAt(0)!;
    width += WIDE.some(([first, last]) => first <= code && code <= last) ? 2 : 1;
  }
  return width;
}

const EMOJI = /\p{Emoji_Presentation}(?:\u200d\p{Emoji}\ufe0f?|\p{Emoji_Modifier})*|\p{Emoji}\ufe0f/gu;
const NO_WIDTH = /[\p{Cc}\p{Mn}\p{Me}]/u;

/** The blocks with wide characters (Unicode, `EastAsianWidth.txt`). */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];
