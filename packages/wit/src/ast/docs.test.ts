import { describe, expect, it } from 'vitest';
import { docsText } from './docs.ts';

describe('docsText', () => {
  it.each([
    [['/// one'], 'one'],
    [['/// one', '///', '///  two'], 'one\n\n two'],
    [['// one', '//// two'], 'one\ntwo'],
    [['///one', '/// two'], 'one\n two'],
    [['///    code', '///  text'], '  code\ntext'],
    [['/** one */'], 'one'],
    [['/** one\n * two\n */'], 'one\n * two'],
    [['/** one\r\n two */'], 'one\n two'],
    [['/* one */'], '* one */'],
    [['/**/'], ''],
    [['///', '///'], ''],
    [['/// one', '///', '///'], 'one'],
    [['/// one\r'], 'one'],
  ])('%j', (comments, text) => {
    expect(docsText(comments)).toBe(text);
  });
});
