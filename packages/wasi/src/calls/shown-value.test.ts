import { describe, expect, it } from 'vitest';
import { ValueView, valueText } from './shown-value.ts';

class TcpSocketResource {
  readonly isOpen = true;
}

const shownAs = (value: unknown): string => valueText(new ValueView().show(value));

describe('a value of a call', () => {
  it.each([
    ['text\n', '"text\\n"'],
    [undefined, 'none'],
    [5n, '5'],
    [2n ** 64n - 1n, '"18446744073709551615"'],
    [new Uint8Array(13), '13 bytes'],
    [new Uint16Array([1, 2]), '[1, 2]'],
    [{ read: true, write: false }, '{read}'],
    [{ linkCount: 1n, type: 'directory' }, '{link-count: 1, type: "directory"}'],
    [{ tag: 'ok', val: 'x' }, 'ok("x")'],
    [{ tag: 'ipv4', val: { port: 80, address: [127, 0, 0, 1] } }, '"127.0.0.1:80"'],
    [{ tag: 'ipv6', val: [0, 0, 0, 0, 0, 0, 0, 1] }, '"::1"'],
    [{ tag: 'ipv6', val: { port: 80, address: [0, 0, 0, 0, 0, 0, 0, 1] } }, '"[::1]:80"'],
    [new TcpSocketResource(), '<tcp-socket>'],
    [['a', ['b']], '["a", ["b"]]'],
  ])('%o is %s', (value, text) => {
    expect(shownAs(value)).toBe(text);
  });

  it('is bounded in its length, its elements and its depth', () => {
    expect(shownAs('x'.repeat(1000))).toHaveLength(259);
    expect(shownAs(Array.from({ length: 100 }, (_, index) => index))).toBe(
      '[0, 1, 2, 3, 4, 5, 6, 7, "… 92 more"]',
    );
    let deep: unknown = 'end';
    for (let depth = 0; depth < 10_000; depth++) deep = [deep];
    expect(shownAs(deep)).toBe('[[[[[[["…"]]]]]]]');
    const wide = Array.from({ length: 8 }, () => Array.from({ length: 8 }, () => 'x'.repeat(1000)));
    expect(shownAs(wide).length).toBeLessThan(2000);
  });
});
