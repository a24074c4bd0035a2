import { describe, expect, it } from 'vitest';
import type { CanonicalOptions } from './engine.ts';
import { engines } from './fixtures/engines.ts';
import { bytesAt, fuse, put, utf8 } from './fixtures/fuse.ts';
import { Guest } from './fixtures/guest.ts';

/** Returns the bytes of a text in UTF-16. */
function utf16(text: string): number[] {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return units.flatMap((unit) => [unit & 0xff, unit >> 8]);
}

/** Returns true if a function does not throw. */
function succeeds(accepts: () => unknown): boolean {
  try {
    accepts();
    return true;
  } catch {
    return false;
  }
}

describe.each(engines)('a call between components that passes strings (%s)', (_, engine) => {
  /** Returns what the callee receives, and the calls of its realloc without the old addresses. */
  function transcode(
    from: CanonicalOptions['stringEncoding'],
    to: CanonicalOptions['stringEncoding'],
    bytes: ArrayLike<number>,
    length: number,
  ): unknown {
    const [caller, callee] = [new Guest(), new Guest()];
    let found: unknown;
    const core = (ptr: number, count: number): void => {
      const units = count & 0x7fff_ffff;
      const tagged = to === 'latin1+utf16' && (count | 0) < 0;
      found = [bytesAt(callee, ptr, to === 'utf16' || tagged ? 2 * units : units), tagged ? 'wide' : ''];
    };
    const call = fuse(engine, ['string'], undefined, core, { caller, callee, encodings: [from, to] });
    call(put(caller, bytes), length);
    return [...(found as unknown[]), ...callee.calls.map((item) => item.slice(1).join(' '))];
  }

  const tag = 0x8000_0000 | 0;

  it.each([
    ['utf8', 'utf8', utf8('aé'), 3, [[...utf8('aé')], '', '0 1 3']],
    ['utf8', 'utf16', utf8('ab'), 2, [utf16('ab'), '', '0 2 4']],
    ['utf8', 'utf16', utf8('aé€'), 6, [utf16('aé€'), '', '0 2 12', '12 2 6']],
    ['utf8', 'latin1+utf16', utf8('ab'), 2, [[97, 98], '', '0 2 2']],
    ['utf8', 'latin1+utf16', utf8('aé'), 3, [[97, 0xe9], '', '0 2 3', '3 2 2']],
    ['utf8', 'latin1+utf16', utf8('aé€'), 6, [utf16('aé€'), 'wide', '0 2 6', '6 2 12', '12 2 6']],
    [
      'utf8',
      'latin1+utf16',
      utf8('aé\u{1f98a}'),
      7,
      [utf16('aé\u{1f98a}'), 'wide', '0 2 7', '7 2 14', '14 2 8'],
    ],
    ['utf8', 'latin1+utf16', utf8('ÿ'), 2, [[0xff], '', '0 2 2', '2 2 1']],
    ['utf8', 'latin1+utf16', utf8('Ā'), 2, [utf16('Ā'), 'wide', '0 2 2', '2 2 4', '4 2 2']],
    ['utf16', 'utf8', utf16('ab'), 2, [[97, 98], '', '0 1 2']],
    ['utf16', 'utf8', utf16('aé€'), 3, [[...utf8('aé€')], '', '0 1 3', '3 1 9', '9 1 6']],
    ['utf16', 'utf8', utf16('€€'), 2, [[...utf8('€€')], '', '0 1 2', '2 1 6']],
    ['utf16', 'utf16', utf16('a€'), 2, [utf16('a€'), '', '0 2 4']],
    ['utf16', 'latin1+utf16', utf16('aé'), 2, [[97, 0xe9], '', '0 2 2']],
    ['utf16', 'latin1+utf16', utf16('aé€'), 3, [utf16('aé€'), 'wide', '0 2 3', '3 2 6']],
    ['utf16', 'latin1+utf16', utf16('ÿ'), 1, [[0xff], '', '0 2 1']],
    ['utf16', 'latin1+utf16', utf16('Ā'), 1, [utf16('Ā'), 'wide', '0 2 1', '1 2 2']],
    ['latin1+utf16', 'utf8', [97, 98], 2, [[97, 98], '', '0 1 2']],
    ['latin1+utf16', 'utf8', [97, 0xe9], 2, [[...utf8('aé')], '', '0 1 2', '2 1 4', '4 1 3']],
    ['latin1+utf16', 'utf8', [0xe9, 0xff], 2, [[...utf8('éÿ')], '', '0 1 2', '2 1 4']],
    ['latin1+utf16', 'utf8', utf16('a€'), tag | 2, [[...utf8('a€')], '', '0 1 2', '2 1 6', '6 1 4']],
    ['latin1+utf16', 'utf16', [97, 0xe9], 2, [utf16('aé'), '', '0 2 4']],
    ['latin1+utf16', 'utf16', utf16('a€'), tag | 2, [utf16('a€'), '', '0 2 4']],
    ['latin1+utf16', 'latin1+utf16', [97, 0xe9], 2, [[97, 0xe9], '', '0 2 2']],
    ['latin1+utf16', 'latin1+utf16', utf16('a€'), tag | 2, [utf16('a€'), 'wide', '0 2 4']],
    ['latin1+utf16', 'latin1+utf16', utf16('aé'), tag | 2, [[97, 0xe9], '', '0 2 4', '4 1 2']],
  ] as const)('converts %s to %s: %j', (from, to, bytes, length, expected) => {
    expect(transcode(from, to, bytes, length)).toEqual(expected);
  });

  it('accepts the same UTF-8 as TextDecoder', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const heads = [
      0, 0x7f, 0x80, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff,
    ];
    const tails = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0];
    for (const head of heads) {
      for (const second of tails) {
        for (const rest of [[], [0x80], [0xbf, 0x80], [0x7f, 0x80], [0x80, 0xc0], [0x80, 0x80, 0x61]]) {
          const bytes = Uint8Array.of(head, second, ...rest);
          const expected = succeeds(() => decoder.decode(bytes));
          expect([bytes, succeeds(() => transcode('utf8', 'utf8', bytes, bytes.length))]).toEqual([
            bytes,
            expected,
          ]);
        }
      }
    }
  });

  it.each(['utf8', 'utf16', 'latin1+utf16'] as const)(
    'refuses a lone surrogate when it converts UTF-16 to %s',
    (to) => {
      for (const bad of ['\ud800', 'a\udc00', '\ud800\ud800\udc00', '\udc00\ud800']) {
        expect(() => transcode('utf16', to, utf16(bad), bad.length)).toThrow();
        expect(() => transcode('latin1+utf16', to, utf16(bad), tag | bad.length)).toThrow();
      }
      expect(() => transcode('utf16', to, utf16('\u{1f98a}'), 2)).not.toThrow();
    },
  );
});
