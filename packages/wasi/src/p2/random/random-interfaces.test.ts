import { Trap } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import type { Grants } from '../../grants.ts';
import type { Refusal } from '../../refusal.ts';
import { makeSystem } from '../../system/make-system.ts';
import { wasi2 } from '../index.ts';

function random(grants: Grants) {
  const imports = wasi2(makeSystem(grants));
  return {
    ...imports['wasi:random/random@0.2.12'],
    ...imports['wasi:random/insecure@0.2.12'],
    ...imports['wasi:random/insecure-seed@0.2.12'],
  };
}

describe('wasi:random', () => {
  it('gives as many bytes as the program asks for, above what Web Crypto gives at once, too', () => {
    const { getRandomBytes, getInsecureRandomBytes } = random({ random: true });
    for (const get of [getRandomBytes, getInsecureRandomBytes]) {
      expect([0n, 1n, 200_000n].map((len) => get(len).length)).toEqual([0, 1, 200_000]);
      expect(new Set(get(4096n)).size).toBeGreaterThan(200);
    }
  });

  it('gives numbers of 64 bits', () => {
    const { getRandomU64, getInsecureRandomU64, insecureSeed } = random({ random: true });
    const numbers = [getRandomU64(), getRandomU64(), getInsecureRandomU64(), ...insecureSeed()];
    expect(new Set(numbers).size).toBe(5);
    expect(numbers.every((number) => number >= 0n && number < 2n ** 64n)).toBe(true);
    const highest = Array.from({ length: 64 }, getRandomU64).some((number) => number >= 2n ** 63n);
    expect(highest).toBe(true);
  });

  it('repeats itself with the same seed', () => {
    const [first, second, other] = [7n, 7n, 8n].map((seed) =>
      random({ random: { seed } }).getRandomBytes(64n),
    );
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
  });

  it('traps above the limit of a call, before it allocates anything', () => {
    const { getRandomBytes } = random({ random: true, limits: { bytesPerCall: 100 } });
    expect(getRandomBytes(100n).length).toBe(100);
    expect(() => getRandomBytes(101n)).toThrow('for 101 bytes; `limits.bytesPerCall` is 100');
    expect(() => getRandomBytes(2n ** 64n - 1n)).toThrow(Trap);
  });

  it('traps without the grant, and reports each call', () => {
    const refusals: Refusal[] = [];
    const all = random({ onRefused: (refusal) => refusals.push(refusal) });
    const calls = [
      () => all.getRandomBytes(1n),
      () => all.getRandomU64(),
      () => all.getInsecureRandomBytes(1n),
      () => all.getInsecureRandomU64(),
      () => all.insecureSeed(),
    ];
    for (const call of calls) expect(call).toThrow(Trap);
    expect(refusals.map((refusal) => refusal.function)).toEqual([
      'get-random-bytes',
      'get-random-u64',
      'get-insecure-random-bytes',
      'get-insecure-random-u64',
      'insecure-seed',
    ]);
    expect(refusals[0]?.reason).toContain('`random: true`');
  });
});
