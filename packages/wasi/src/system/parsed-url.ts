/** Returns a URL, or `undefined` for a text that is none. Node 22.0 and older browsers do not have `URL.parse`. */
export function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
