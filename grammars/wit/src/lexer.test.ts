import { describe, expect, it } from 'vitest';
import { keywords, parseCst } from './index.ts';
import { tokenize } from './lexer.ts';

function images(text: string): string[] {
  return tokenize(text).tokens.map(({ tokenType, image }) => `${tokenType.name} ${image}`);
}

describe('keywords', () => {
  it('are the 44 keywords of the language', () => {
    expect(keywords.size).toBe(44);
  });

  it.each([...keywords])('%s is not a name, unless it continues or has a %%', (word) => {
    expect(parseCst(`interface ${word} {}`).errors.map(({ code }) => code)).toEqual(['keyword-as-name']);
    expect(parseCst(`interface %${word} {}`).errors).toEqual([]);
    if (word !== '_') expect(parseCst(`interface ${word}-x {}`).errors).toEqual([]);
  });
});

describe('tokens', () => {
  it.each([
    ['a-b %c D-E f1', ['Id a-b', 'Id %c', 'Id D-E', 'Id f1']],
    ['async as asynch', ['Async async', 'As as', 'Id asynch']],
    ['->-', ['Arrow ->']],
    ['1.0.0.{', ['Semver 1.0.0', 'Dot .', 'LBrace {']],
    ['1.0.0-a.b+c.d.{', ['Semver 1.0.0-a.b+c.d', 'Dot .', 'LBrace {']],
    ['list<u8,4>', ['List list', 'LAngle <', 'Primitive u8', 'Comma ,', 'Integer 4', 'RAngle >']],
    ['"a\\"b" "c"', ['StringLiteral "a\\"b"', 'StringLiteral "c"']],
  ])('%s', (text, expected) => {
    expect(images(text).map((image) => image.replace('U8 u8', 'Primitive u8'))).toEqual(expected);
  });

  it('may be separated by any white space', () => {
    expect(images('a\tb\r\nc\n\nd')).toEqual(['Id a', 'Id b', 'Id c', 'Id d']);
  });

  it('keep their positions behind a byte order mark', () => {
    const { tokens, faults } = tokenize('\ufeffpackage a:b;');
    expect(faults).toEqual([]);
    expect(tokens[0]!.startOffset).toBe(1);
  });
});

describe('comments', () => {
  it('nest', () => {
    const { comments, tokens, faults } = tokenize('/* a /* b */ c */ d // e /* f');
    expect(comments.map(({ image }) => image)).toEqual(['/* a /* b */ c */', '// e /* f']);
    expect(tokens).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('reach to the end of the text if they are not closed', () => {
    const { comments, faults } = tokenize('a /* b /* c */ d');
    expect(comments.map(({ image }) => image)).toEqual(['/* b /* c */ d']);
    expect(faults).toMatchObject([{ code: 'unterminated-comment', start: 2, end: 4 }]);
  });
});

describe('forbidden text', () => {
  it.each([
    ['a direction override in a comment', '// \u202e', 'forbidden-character', 3],
    ['an isolate', '\u2066', 'forbidden-character', 0],
    ['a deprecated character', '// \u0149', 'forbidden-character', 3],
    ['a control character', 'a \u0007', 'forbidden-character', 2],
    ['NUL', '\0', 'forbidden-character', 0],
    ['DEL', '\u007f', 'forbidden-character', 0],
    ['a lone carriage return', '// a\rb', 'lone-carriage-return', 4],
    ['a character without meaning', 'a $', 'unexpected-character', 2],
    ['a string without an end', 'a "b\nc', 'unterminated-string', 2],
  ])('%s', (_, text, code, start) => {
    expect(tokenize(text).faults).toMatchObject([{ code, start }]);
  });

  it('is reported once for several characters in a row', () => {
    expect(tokenize('\0'.repeat(1000)).faults).toHaveLength(1);
  });
});
