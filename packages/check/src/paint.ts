/** Colours by name, or none of them. */
export function paintOf(color: boolean | undefined): Paint {
  return color === true ? colours : plain;
}

type Tint = (text: string) => string;
export type Paint = typeof plain;

const plain = { red: same, green: same, yellow: same, blue: same, bold: same, dim: same };
const colours = {
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

function ansi(code: number): Tint {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}

/** Names come from binaries: control characters must not reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
}
