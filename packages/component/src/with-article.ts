/** A word of the specification with its article, for messages: `an instance`, `a record`, `flags`. */
export function withArticle(word: string): string {
  if (word === 'flags') return word;
  return `${/^[aeiou]/u.test(word) ? 'an' : 'a'} ${word}`;
}
