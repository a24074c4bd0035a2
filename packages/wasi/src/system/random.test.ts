import { assert, bigInt, array, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSystem } from './make-system.ts';
import { fillFromWebCrypto, seededRandom } from './random.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function filled(fill: ((bytes: Uint8Array) => void) | undefined, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  fill?.(bytes);
  return bytes;
}

describe('random bytes of a seed', () => {
  it('are the key stream of ChaCha20: RFC 8439, appendix A.1, vectors 1 and 2', () => {
    expect(hex(filled(seededRandom(0n), 128))).toBe(
      '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7' +
        'da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586' +
        '9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed' +
        '29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f',
    );
  });

  it('are the same however a program divides its requests', () => {
    assert(
      property(bigInt({ min: 0n, max: 2n ** 256n - 1n }), array(nat(200)), (seed, lengths) => {
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const fill = seededRandom(seed);
        const pieces = lengths.map((length) => hex(filled(fill, length)));
        expect(pieces.join('')).toBe(hex(filled(seededRandom(seed), total)));
      }),
    );
  });

  it('are not shared by two instances, and differ from those of other seeds', () => {
    const grants = { random: { seed: 7n } };
    const one = hex(filled(makeSystem(grants).random, 32));
    expect(hex(filled(makeSystem(grants).random, 32))).toBe(one);
    expect(hex(filled(makeSystem({ random: { seed: 8n } }).random, 32))).not.toBe(one);
    expect(hex(filled(makeSystem({ random: { seed: 7n + 2n ** 255n } }).random, 32))).not.toBe(one);
  });
});

describe('random bytes of the host', () => {
  it.each([
    ['the platform', makeSystem({ random: true }).random],
    ['Web Crypto', fillFromWebCrypto],
  ])('%s fills arrays of any length, up to their end', (_, fill) => {
    for (const length of [0, 1, 65_536, 65_537, 200_000]) {
      const bytes = filled(fill, length);
      expect(bytes.every((byte) => byte === 0)).toBe(length === 0 || (length === 1 && bytes[0] === 0));
      // A run of 16 zeroes is as likely as a collision of keys.
      if (length > 16) expect(bytes.subarray(-16).some((byte) => byte !== 0)).toBe(true);
    }
  });

  it('are absent without the grant', () => {
    expect(makeSystem({}).random).toBeUndefined();
    expect(makeSystem({ random: false }).random).toBeUndefined();
  });
});
