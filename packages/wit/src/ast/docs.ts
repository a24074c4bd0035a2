/**
 * Returns the documentation of an item from the comments before it, as the reference does: every comment counts, only
 * `/** … *\/` loses its end marker, and indentation that all comments share is removed. `comments` include their
 * markers.
 */
export function docsText(comments: readonly string[]): string {
  const texts = comments.map((comment) => withoutMarkers(comment).trimEnd());
  const indent = sharedIndent(texts);
  const prefix = ' '.repeat(indent);
  const lines = texts.map((text) => (text.startsWith(prefix) ? text.slice(indent) : text)).join('\n');
  const unix = lines.includes('\r') ? lines.replaceAll('\r\n', '\n') : lines;
  return unix.endsWith('\n') ? unix.replace(/\n+$/u, '') : unix;
}

const SLASH = 0x2f;

function withoutMarkers(comment: string): string {
  if (comment === '/**/') return '';
  if (comment.startsWith('/**')) return comment.slice(3, comment.endsWith('*/') ? -2 : undefined);
  let at = 0;
  while (comment.charCodeAt(at) === SLASH) at += 1;
  return comment.slice(at);
}

function sharedIndent(texts: readonly string[]): number {
  let shared = Infinity;
  for (const text of texts) if (text !== '') shared = Math.min(shared, indentOf(text));
  return shared === Infinity ? 0 : shared;
}

function indentOf(text: string): number {
  let at = 0;
  while (' \t\r\n\f'.includes(text.charAt(at)) && at < text.length) at += 1;
  return at;
}
