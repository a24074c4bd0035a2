import type { SourceToken } from './trivia.ts';

interface Lexed {
  readonly tokens: readonly SourceToken[];
  readonly comments: readonly SourceToken[];
}

/**
 * Whether two texts are the same WIT: they have the same tokens and comments in the same order, and differ only in
 * white space and in commas before a closing bracket.
 */
export function isSameText(a: Lexed, b: Lexed): boolean {
  const left = essence(a);
  const right = essence(b);
  return left.length === right.length && left.every((image, i) => image === right[i]);
}

function essence({ tokens, comments }: Lexed): string[] {
  const required = tokens.filter((token, i) => token.image !== ',' || !CLOSERS.has(tokens[i + 1]?.image));
  const all = [...required, ...comments].sort((a, b) => a.startOffset - b.startOffset);
  return all.map(({ image }) => (image.startsWith('/') && image.length > 1 ? plainComment(image) : image));
}

const CLOSERS: ReadonlySet<string | undefined> = new Set([')', '}', '>']);

function plainComment(image: string): string {
  return image.startsWith('//') ? image.trimEnd() : image.replaceAll('\r\n', '\n');
}
