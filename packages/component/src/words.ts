/** A word of the specification with its article, for messages: `an instance`, `a record`. */
export function a(word: string): string {
  return `${/^[aeiou]/u.test(word) ? 'an' : 'a'} ${word}`;
}
