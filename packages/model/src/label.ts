const HYPHEN = 0x2d;

/**
 * Returns whether a text is a `label` (`Explainer.md`, "Import and Export Definitions"): words in lower or in upper
 * case, the first of which begins with a letter. It is a loop because names may be megabytes long, and because digits
 * belong to both cases, so that a regular expression would try every way to divide them.
 */
export function isLabel(text: string): boolean {
  return hasWords(text, true);
}

/** Returns whether a text is a label in lower case, as the names of namespaces and packages are. */
export function isLowerLabel(text: string): boolean {
  return hasWords(text, false);
}

function hasWords(text: string, allowsUpper: boolean): boolean {
  let length = 0;
  let isLower = false;
  let isUpper = false;
  let isFirst = true;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === HYPHEN) {
      if (length === 0) return false;
      length = 0;
      isLower = isUpper = isFirst = false;
      continue;
    }
    if (code >= 0x61 && code <= 0x7a) isLower = true;
    else if (code >= 0x41 && code <= 0x5a && allowsUpper) isUpper = true;
    else if (code < 0x30 || code > 0x39 || (isFirst && length === 0)) return false;
    if (isLower && isUpper) return false;
    length += 1;
  }
  return length > 0;
}
