import type { System } from '../../system/system.ts';
import { refusedCall } from '../../system/refused-call.ts';

/** The interfaces of `wasi:random`. Without the grant, every function ends the program. */
export function random(system: System) {
  function filled(length: number, name: string, func: string): Uint8Array<ArrayBuffer> {
    if (system.random === undefined) throw refusedCall(system, name, func, 'random: true');
    const bytes = new Uint8Array(length);
    system.random(bytes);
    return bytes;
  }
  /** A program that wants more than the limit of one call asks again, as the interface says. */
  function list(maxLen: bigint, name: string, func: string): Uint8Array<ArrayBuffer> {
    const most = BigInt(system.limits.bytesPerCall);
    return filled(Number(maxLen < most ? maxLen : most), name, func);
  }
  function numbers(count: number, name: string, func: string): BigUint64Array {
    return new BigUint64Array(filled(8 * count, name, func).buffer);
  }
  const [secure, insecure, seed] = [
    'wasi:random/random@0.3.0',
    'wasi:random/insecure@0.3.0',
    'wasi:random/insecure-seed@0.3.0',
  ] as const;
  let ownSeed: BigUint64Array | undefined;
  return {
    [secure]: {
      getRandomBytes: (maxLen: bigint) => list(maxLen, secure, 'get-random-bytes'),
      getRandomU64: (): bigint => numbers(1, secure, 'get-random-u64')[0] ?? 0n,
    },
    [insecure]: {
      getInsecureRandomBytes: (maxLen: bigint) => list(maxLen, insecure, 'get-insecure-random-bytes'),
      getInsecureRandomU64: (): bigint => numbers(1, insecure, 'get-insecure-random-u64')[0] ?? 0n,
    },
    [seed]: {
      /** The same at each call: the interface will become a value that a program imports. */
      getInsecureSeed(): [bigint, bigint] {
        const [first = 0n, second = 0n] = (ownSeed ??= numbers(2, seed, 'get-insecure-seed'));
        return [first, second];
      },
    },
  } as const;
}
