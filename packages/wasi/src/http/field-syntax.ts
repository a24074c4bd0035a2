/** Whether a text is a token (RFC 9110, section 5.6.2), as the names of fields and methods are. */
export function isFieldToken(text: string): boolean {
  return TOKEN.test(text);
}

const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/u;

/**
 * Whether a text is the value of a field, one character for each byte (RFC 9110, section 5.5). It has no control
 * characters, so that no value can end its line and begin another field.
 */
export function isFieldValue(bytes: string): boolean {
  return !CONTROL.test(bytes);
}

// A tab is allowed. Characters above 255 are not bytes.
// eslint-disable-next-line no-control-regex -- These are the characters that it looks for.
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/u;

/**
 * The fields that belong to a connection and not to a message, which a program may neither set nor see (RFC 9110,
 * section 7.6.1), and `host`, which is the authority of a request.
 */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** @param name in lower case */
export function isForbiddenField(name: string): boolean {
  return FORBIDDEN.has(name);
}

/** Returns a text with one character for each byte, the form in which the platforms have the values of fields. */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  // A call with the numbers themselves is several times faster than one that spreads an array.
  for (; at + 8 <= bytes.length; at += 8)
    text += String.fromCharCode(
      bytes[at]!,
      bytes[at + 1]!,
      bytes[at + 2]!,
      bytes[at + 3]!,
      bytes[at + 4]!,
      bytes[at + 5]!,
      bytes[at + 6]!,
      bytes[at + 7]!,
    );
  for (; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** Returns the bytes of a text of `byteText`. */
export function textBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
