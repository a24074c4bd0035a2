/** Colours texts for a terminal, or leaves them unchanged. */
export interface Paint {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

/**
 * Returns functions that colour texts.
 *
 * @param color whether to use ANSI escapes; callers decide by terminal, `--color` and `NO_COLOR`
 */
export function paintOf(color: boolean | undefined): Paint {
  return color === true ? colours : plain;
}

const plain: Paint = { red: same, green: same, yellow: same, blue: same, bold: same, dim: same };
const colours: Paint = {
  red: ansi(31),
  green: ansi(32),
  yellow: ansi(33),
  blue: ansi(36),
  bold: ansi(1),
  dim: ansi(2),
};

function same(text: string): string {
  return text;
}

function ansi(code: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}

/** Replaces control characters, because sources and names in binaries may be hostile. Tabs and line breaks stay. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) =>
    char === '\t' || char === '\n' ? char : '\u{fffd}',
  );
}

/** Like `printable`, for a text of one line, such as a name or a sentence with names: line breaks and tabs go too. */
export function printableLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}
