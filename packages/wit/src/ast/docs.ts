/**
 * The text of the comments before an item, as the reference reads them: every comment counts, only `/** … *\/` loses
 * its end marker, and the indentation that all comments share goes. `comments` are whole, with their markers.
 */
export function docsText(comments: readonly string[]): string {
  const texts = comments.map((comment) => withoutMarkers(comment).trimEnd());
  const indent = sharedIndent(texts);
  const prefix = ' '.repeat(indent);
  const lines = texts.flatMap((text) =>
    (text.startsWith(prefix) ? text.slice(indent) : text).split(/\r?\n/u),
  );
  return lines.join('\n').replace(/\n+$/u, '');
}

function withoutMarkers(comment: string): string {
  if (comment === '/**/') return '';
  if (comment.startsWith('/**')) return comment.replace(/^\/\*\*/u, '').replace(/\*\/$/u, '');
  return comment.replace(/^\/+/u, '');
}

function sharedIndent(texts: readonly string[]): number {
  let shared = Infinity;
  for (const text of texts) {
    if (text !== '') shared = Math.min(shared, /^[ \t\r\n\f]*/u.exec(text)![0].length);
  }
  return shared === Infinity ? 0 : shared;
}
