import { describe, expect, it } from 'vitest';
import { parse } from '../parse.ts';
import { docsText, referenceDocsText } from './docs.ts';

describe('docsText', () => {
  it.each([
    [['/// one'], 'one'],
    [['/// one', '///', '///  two'], 'one\n\n two'],
    [['///one', '/// two'], 'one\n two'],
    [['///    code', '///  text'], '  code\ntext'],
    [['///', '///'], ''],
    [['/// one', '///', '///'], 'one'],
    [['/// one\r'], 'one'],
    [['/// Items:', '///  * a', '///  * b'], 'Items:\n * a\n * b'],
    [['/** one */'], 'one'],
    [['/** one\n * two\n */'], 'one\ntwo'],
    [['/** one\n   * two\n   * three */'], 'one\ntwo\nthree'],
    [['/**\n  * alpha\n  *  - beta\n  */'], 'alpha\n - beta'],
    [['/**\n* flush\n* left\n*/'], 'flush\nleft'],
    [['/** one\n *\n * two */'], 'one\n\ntwo'],
    [['/** one\r\n * two\r\n */'], 'one\ntwo'],
    [['/** one\r\n two */'], 'one\ntwo'],
    [['/** one\n     two\n       three */'], 'one\ntwo\n  three'],
    [['/**\n **bold** text\n */'], '**bold** text'],
    [['/** one */', '/// two', '///   three', '/** four */'], 'one\ntwo\n  three\nfour'],
    [['/***/'], ''],
    [['/// \tone'], 'one'],
    [['/// one', '/// \ttwo'], 'one\n\ttwo'],
    [['///\t one', '///\t\ttwo'], ' one\n\ttwo'],
    [['/**\n \t x\n\ty */'], ' \t x\n\ty'],
  ])('%j', (comments, text) => {
    expect(docsText(comments)).toBe(text);
  });
});

describe('referenceDocsText', () => {
  it.each([
    [['/// one', '///', '///  two'], 'one\n\n two'],
    [['// one', '//// two'], 'one\ntwo'],
    [['/** one\n * two\n */'], 'one\n * two'],
    [['/** one\r\n two */'], 'one\n two'],
    [['/* one */'], '* one */'],
    [['/**/'], ''],
  ])('%j', (comments, text) => {
    expect(referenceDocsText(comments)).toBe(text);
  });
});

/** Returns the documentation of the functions of an interface, by name. */
function functionDocs(members: string, referenceDocs = false): Record<string, string | undefined> {
  const { value, diagnostics } = parse(`package a:b;\ninterface i {${members}}`, { referenceDocs });
  expect(diagnostics).toEqual([]);
  const [item] = value.items;
  if (item?.tag !== 'interface') throw new Error('expected an interface');
  return Object.fromEntries(
    item.members.flatMap((member) =>
      member.tag === 'func' ? [[member.name.name, member.docs?.contents]] : [],
    ),
  );
}

describe('the documentation of an item', () => {
  it.each([
    ['a line comment', '\n// TODO\nf: func();', { f: undefined }],
    ['a block comment', '\n/* disabled: g: func(); */\nf: func();', { f: undefined }],
    ['an empty block comment', '\n/**/\nf: func();', { f: undefined }],
    ['empty documentation', '\n///\nf: func();', { f: undefined }],
    ['other comments between', '\n/// a\n// b\n/* c */\n/// d\nf: func();', { f: 'a\nd' }],
    ['a line of slashes', '\n///////////\n//// f\n///\n/// a\nf: func();', { f: '\na' }],
    ['a line of stars', '\n/***********/\n/*** f ***/\nf: func();', { f: undefined }],
    ['a separator', '\n// ----\n\n/// a\nf: func();', { f: 'a' }],
    ['a blank line between', '\n/// a\n\nf: func();', { f: 'a' }],
    ['a trailing line comment', 'f: func(); // about f\ng: func();', { f: undefined, g: undefined }],
    ['a trailing doc comment', 'f: func(); /// about f\ng: func();', { f: undefined, g: undefined }],
    ['a trailing block', 'f: func(); /** about f */\ng: func();', { f: undefined, g: undefined }],
    [
      'a trailing block of two lines',
      'f: func(); /** about\n f */\ng: func();',
      { f: undefined, g: undefined },
    ],
    ['a trailing comment, then another', 'f: func(); /// about f\n/// about g\ng: func();', { g: 'about g' }],
    ['a block on the line of the next item', 'f: func(); /** about g */ g: func();', { g: 'about g' }],
    ['a comment after the brace', ' /// about f\nf: func();', { f: 'about f' }],
    ['a comment after a nested brace', 'resource r {} /// about r\nf: func();', { f: undefined }],
    [
      'Windows line ends',
      '\r\n/// a\r\n/// b\r\nf: func(); /// c\r\ng: func();',
      { f: 'a\nb', g: undefined },
    ],
  ])('with %s', (_, members, expected) => {
    expect(functionDocs(members)).toMatchObject(expected);
  });

  it('consists of every comment in the reference mode', () => {
    const members = '\n// TODO\nf: func(); // about f\n/* x */\ng: func();';
    expect(functionDocs(members, true)).toEqual({ f: 'TODO', g: ' about f\n* x */' });
  });

  it('is found at fields, cases, flags, methods and the package', () => {
    const { value, diagnostics } = parse(`// Licence
/// The package.
package a:b; // trailing
interface i {
  record r { /// a
    a: u8, /// trailing
    b: u8, // trailing
    /** c */ c: u8 }
  variant v { /// a
    a, // trailing
    b }
  flags f { a, /// b
    b, c }
  resource s {
    // plain
    constructor();
    /// m
    m: func(); // trailing
    n: static func(); }
}
`);
    expect(diagnostics).toEqual([]);
    expect(value.header!.docs!.contents).toBe('The package.');
    const json = JSON.stringify(value, (key, part: unknown) => (key === 'span' ? undefined : part));
    const contents = [...json.matchAll(/"contents":"([^"]*)"/gu)].map(([, text]) => text);
    expect(contents).toEqual(['a', 'c', 'a', 'm', 'The package.']);
  });
});
