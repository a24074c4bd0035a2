import { describe, expect, it } from 'vitest';
import { isAuthority, isPathWithQuery, methodOf, methodText, schemeText } from './request-target.ts';

describe('the parts of a request', () => {
  it.each([
    'example.org',
    'example.org:443',
    '127.0.0.1:80',
    '[::1]',
    '[::1]:8080',
    'a%20b',
    'a:',
    'localhost:65535',
    'user@localhost:80',
    'user:pass%20@1.2.3.4',
  ])('%j is an authority', (text) => expect(isAuthority(text)).toBe(true));

  it.each([
    '',
    '@',
    ':@',
    '@@',
    'loc\u017f',
    '\u212a',
    '::',
    'a:80:81',
    '::1',
    '[::1',
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'a:b',
    'a:65536',
    '[::1]x',
    'a\r\nb',
    'ä',
  ])('%j is not an authority', (text) => expect(isAuthority(text)).toBe(false));

  it.each(['', '/', '/a?b=c', '?a', '*', '/%20', '/a//b', '/[x]', 'a/b', '/ä'])(
    '%j is a path with a query',
    (text) => expect(isPathWithQuery(text)).toBe(true),
  );

  it.each([' /', '/a b', '/a\r\nb', '/#a', '/\0', '/<', '/`'])('%j is not a path with a query', (text) =>
    expect(isPathWithQuery(text)).toBe(false),
  );

  it('have methods that are tokens, and case-sensitive', () => {
    expect(methodText(methodOf('GET'))).toBe('GET');
    expect(methodOf('get')).toEqual({ tag: 'other', val: 'get' });
    expect(methodText({ tag: 'other', val: 'PROPFIND' })).toBe('PROPFIND');
    for (const wrong of ['', 'A B', 'A\r\n', 'Ä'])
      expect(methodText({ tag: 'other', val: wrong })).toBeUndefined();
  });

  it('have schemes, of which only those of HTTP are the same in every case', () => {
    expect(schemeText({ tag: 'HTTPS' })).toBe('https');
    expect(schemeText({ tag: 'other', val: 'Https' })).toBe('https');
    expect(schemeText({ tag: 'other', val: 'WS' })).toBe('WS');
    for (const wrong of ['', '1a', 'a b', 'a:', 'http\u017f', '\u212a'])
      expect(schemeText({ tag: 'other', val: wrong })).toBeUndefined();
  });
});
