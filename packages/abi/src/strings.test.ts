import { describe, expect, it } from 'vitest';
import type { CanonicalOptions, Engine } from './engine.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';

type Encoding = CanonicalOptions['stringEncoding'];

function lowered(engine: Engine, text: string, stringEncoding: Encoding): { guest: Guest; core: number[] } {
  const guest = new Guest();
  let core: number[] = [];
  lift(engine, { params: [{ name: 'it', type: 'string' }] }, (...args: number[]) => void (core = args), {
    guest,
    options: { stringEncoding },
  })(text);
  return { guest, core };
}

function lifted(engine: Engine, guest: Guest, core: number[], stringEncoding: Encoding): unknown {
  let seen: unknown;
  lower(engine, { params: [{ name: 'it', type: 'string' }] }, (text: unknown) => void (seen = text), {
    guest,
    options: { stringEncoding },
  })(...core);
  return seen;
}

const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 23, 24, 25, 26, 40, 100, 5000, 200_000];
const alphabets = {
  ascii: 'The quick brown fox. ',
  latin1: 'Größe und Maß, façade ',
  bmp: '日本語のテキスト ',
  astral: '🦊a🐕b',
};

describe.each(engines)('strings (%s)', (_, engine) => {
  describe.each<Encoding>(['utf8', 'utf16', 'latin1+utf16'])('%s', (encoding) => {
    it.each(Object.entries(alphabets))('come back unchanged at any length: %s', (_name, alphabet) => {
      for (const length of lengths) {
        const text = alphabet
          .repeat(Math.ceil(length / alphabet.length))
          .slice(0, length)
          .toWellFormed();
        const { guest, core } = lowered(engine, text, encoding);
        expect(lifted(engine, guest, core, encoding) === text, `${length} of ${alphabet}`).toBe(true);
      }
    });

    it('come back unchanged with one non-ASCII character at any position', () => {
      for (let at = 0; at < 40; at += 1) {
        const text = `${'a'.repeat(at)}ü${'b'.repeat(39 - at)}`;
        const { guest, core } = lowered(engine, text, encoding);
        expect(lifted(engine, guest, core, encoding)).toBe(text);
      }
    });

    it('keep a byte order mark', () => {
      const { guest, core } = lowered(engine, '\ufeffa', encoding);
      expect(lifted(engine, guest, core, encoding)).toBe('\ufeffa');
    });

    it('contain U+FFFD instead of a lone surrogate', () => {
      const long = `${'x'.repeat(50)}\ud83e`;
      const { guest, core } = lowered(engine, long, encoding);
      expect(lifted(engine, guest, core, encoding)).toBe(`${'x'.repeat(50)}\ufffd`);
    });
  });

  it.each<[Encoding, string, number[]]>([
    ['utf8', 'abc', [1, 3]],
    ['utf8', 'aé', [1, 3]],
    ['utf8', `${'日'.repeat(30)}🦊`, [1, 94]],
    ['utf8', 'ü'.repeat(30_000), [1, 60_000]],
    ['utf16', 'aé', [2, 4]],
    ['latin1+utf16', 'aé', [2, 2]],
    ['latin1+utf16', 'a日', [2, 4]],
  ])('are allocated once, at their exact size: %s %.5s', (encoding, text, size) => {
    expect(lowered(engine, text, encoding).guest.calls).toEqual([[0, 0, ...size]]);
  });

  it('have a tag in their length if latin1+utf16 stores them as UTF-16', () => {
    expect(lowered(engine, 'Maß', 'latin1+utf16').core[1]).toBe(3);
    expect(lowered(engine, 'Maß 日', 'latin1+utf16').core[1]! >>> 0).toBe(0x8000_0005);
  });

  it('are decoded as Latin-1 and not as windows-1252', () => {
    const guest = new Guest();
    const bytes = Array.from({ length: 256 }, (_item, index) => index);
    guest.bytes.set(bytes, 100);
    expect(lifted(engine, guest, [100, 256], 'latin1+utf16')).toBe(String.fromCharCode(...bytes));
    expect(lifted(engine, guest, [100 + 0x80, 16], 'latin1+utf16')).toBe(
      String.fromCharCode(...bytes.slice(0x80, 0x90)),
    );
  });

  it.each<[string, Encoding, number[], number[]]>([
    ['a surrogate in utf8', 'utf8', [0xed, 0xa0, 0x80], [100, 3]],
    ['an overlong form', 'utf8', [0xc0, 0x80], [100, 2]],
    ['a truncated character', 'utf8', [0xe2, 0x82], [100, 2]],
    ['a lone surrogate in utf16', 'utf16', [0x00, 0xd8], [100, 1]],
    ['an odd address of utf16', 'utf16', [], [101, 0]],
    ['an odd address of latin1', 'latin1+utf16', [], [101, 0]],
    ['an empty string beyond the memory', 'utf8', [], [65_537, 0]],
    ['more bytes than a string may have', 'utf8', [], [0, 0x1000_0000]],
  ])('cause a trap when the guest passes %s', (_name, encoding, bytes, core) => {
    const guest = new Guest();
    guest.bytes.set(bytes, 100);
    expect(() => lifted(engine, guest, core, encoding)).toThrow();
    expect(guest.instance.failure?.name).toBe('Trap');
  });
});
