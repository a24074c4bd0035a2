/**
 * Thrown to a program that does something which others can see, in an instance that must not. It is no failure of what
 * the program uses: interfaces pass it on instead of giving the program an error, which it could ignore.
 */
export class HasEffect extends Error {
  override readonly name = 'HasEffect';
}
