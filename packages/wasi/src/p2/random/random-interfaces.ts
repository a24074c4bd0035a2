import { Trap } from '@wit-ts/runtime';
import { refusedCall } from '../../system/refused-call.ts';
import type { Wasi2Host } from '../host.ts';

const RANDOM = 'wasi:random/random@0.2.12';
const INSECURE = 'wasi:random/insecure@0.2.12';
const SEED = 'wasi:random/insecure-seed@0.2.12';

/** The interfaces of `wasi:random`. The insecure ones give bytes of the same quality. */
export function randomInterfaces(host: Wasi2Host) {
  const { random, limits } = host.system;

  function randomBytes(len: bigint, name: string, func: string): Uint8Array<ArrayBuffer> {
    if (random === undefined) throw refusedCall(host.system, name, func, 'random: true');
    // The function returns exactly as many bytes as the program asks for, so that fewer are no answer.
    if (len > limits.bytesPerCall)
      throw new Trap(
        `the program called \`${func}\` of \`${name}\` for ${len} bytes; \`limits.bytesPerCall\` is ${limits.bytesPerCall}`,
      );
    const bytes = new Uint8Array(Number(len));
    random(bytes);
    return bytes;
  }

  function random64(name: string, func: string): bigint {
    return new DataView(randomBytes(8n, name, func).buffer).getBigUint64(0);
  }

  return {
    [RANDOM]: {
      getRandomBytes: (len: bigint) => randomBytes(len, RANDOM, 'get-random-bytes'),
      getRandomU64: () => random64(RANDOM, 'get-random-u64'),
    },
    [INSECURE]: {
      getInsecureRandomBytes: (len: bigint) => randomBytes(len, INSECURE, 'get-insecure-random-bytes'),
      getInsecureRandomU64: () => random64(INSECURE, 'get-insecure-random-u64'),
    },
    [SEED]: {
      insecureSeed: (): readonly [bigint, bigint] => [
        random64(SEED, 'insecure-seed'),
        random64(SEED, 'insecure-seed'),
      ],
    },
  } as const;
}
