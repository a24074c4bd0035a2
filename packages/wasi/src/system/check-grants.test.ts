import { describe, expect, it } from 'vitest';
import type { Grants } from '../grants.ts';
import { makeSystem } from './make-system.ts';

const MISTAKES: readonly (readonly [grants: unknown, message: string])[] = [
  [undefined, 'grants: expected an object, got undefined'],
  [[], 'grants: expected an object, got an array'],
  [{ dir: [] }, 'grants: `dir` is unknown; expected dirs, env, args, stdin, '],
  [{ dirs: {} }, 'grants.dirs: expected an array of directories, got an object'],
  [{ dirs: ['/data'] }, 'grants.dirs[0]: expected an object, got "/data"'],
  [{ dirs: [{ host: '.', guest: 'data' }] }, 'grants.dirs[0].guest: expected an absolute path'],
  [{ dirs: [{ host: '.', guest: '/a/../..' }] }, 'grants.dirs[0].guest: expected a path without `..`'],
  [{ dirs: [{ host: '', guest: '/' }] }, 'grants.dirs[0].host: expected a path or an open directory, got ""'],
  [{ dirs: [{ host: {}, guest: '/' }] }, 'grants.dirs[0].host: expected a path or an open directory'],
  [{ dirs: [{ host: 'a\0b', guest: '/' }] }, 'grants.dirs[0].host: expected a string without NUL'],
  [{ dirs: [{ host: '.', guest: '/', write: 'no' }] }, 'grants.dirs[0].write: expected a boolean, got "no"'],
  [
    { dirs: [{ host: '.', guest: '/', readonly: true }] },
    'grants.dirs[0]: `readonly` is unknown; expected host, guest, write',
  ],
  [{ env: ['A=1'] }, 'grants.env: expected an object of strings, got an array'],
  [{ env: { A: 1 } }, 'grants.env["A"]: expected a string, got 1'],
  [{ env: { 'A=B': '1' } }, 'grants.env: expected names without `=` and NUL, got "A=B"'],
  [{ env: { A: 'x\0B=y' } }, 'grants.env["A"]: expected a string without NUL characters'],
  [{ args: 'one' }, 'grants.args: expected an array of strings, got "one"'],
  [{ args: ['a', 1n] }, 'grants.args[1]: expected a string, got 1'],
  [{ stdin: 5 }, 'grants.stdin: expected `inherit`, or text as bytes; a Uint8Array, a ReadableStream,'],
  [{ stdin: {} }, 'grants.stdin: expected `inherit`'],
  [{ stdout: 'file.txt' }, 'grants.stdout: expected `inherit`, a function, a WritableStream or a ByteSink'],
  [
    { stderr: [] },
    'grants.stderr: expected `inherit`, a function, a WritableStream or a ByteSink, got an array',
  ],
  [{ net: 'all' }, 'grants.net: expected an array of strings'],
  [{ listen: ['example.org:80'] }, 'grants.listen[0]: "example.org:80"'],
  [{ http: ['ftp://a'] }, 'grants.http[0]: "ftp://a"'],
  [{ clocks: 5 }, 'grants.clocks: expected a boolean or an object, got 5'],
  [{ clocks: { wall: 5 } }, 'grants.clocks.wall: expected a bigint from 0 to 2^64 - 1 or a function'],
  [{ clocks: { utc: 5n } }, 'grants.clocks: `utc` is unknown; expected wall, monotonic'],
  [{ random: { seed: 5 } }, 'grants.random.seed: expected a bigint from 0 to 2^256 - 1, got 5'],
  [{ random: {} }, 'grants.random.seed: expected a bigint from 0 to 2^256 - 1, got undefined'],
  [{ exit: 1 }, 'grants.exit: expected a boolean, got 1'],
  [{ onRefused: true }, 'grants.onRefused: expected a function, got true'],
  [
    { limits: { descriptors: 0 } },
    'grants.limits.descriptors: expected a whole number from 1 to 2^31 - 1, got 0',
  ],
  [{ limits: { bytesPerCall: Infinity } }, 'grants.limits.bytesPerCall: expected a whole number'],
  [
    { limits: { files: 5 } },
    'grants.limits: `files` is unknown; expected descriptors, bytesPerCall, headerBytes',
  ],
];

describe('a mistake in grants', () => {
  it.each(MISTAKES.map(([grants, message]) => [message, grants] as const))(
    'is a TypeError: %s',
    (message, grants) => {
      let error: unknown;
      try {
        makeSystem(grants as Grants);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(TypeError);
      expect((error as TypeError).message).toContain(message);
    },
  );

  it('is not a grant that is undefined', () => {
    const grants: Record<string, unknown> = {
      dirs: undefined,
      env: undefined,
      stdin: undefined,
      limits: undefined,
    };
    expect(makeSystem(grants as Grants).args).toEqual([]);
  });
});

describe('a system', () => {
  it('has nothing without grants', () => {
    const system = makeSystem({});
    expect(system).toMatchObject({ args: [], env: [], preopens: [], mayExit: false });
    expect([system.clocks, system.random, system.network.isEmpty]).toEqual([undefined, undefined, true]);
  });

  it('keeps what was granted when the host changes its objects later', () => {
    const [env, args] = [{ A: '1' } as Record<string, string>, ['name']];
    const system = makeSystem({ env, args });
    env['B'] = '2';
    args.push('later');
    expect([system.env, system.args]).toEqual([[['A', '1']], ['name']]);
  });

  it('reports refusals to whom the grants name', () => {
    const refusal = { interface: 'i', function: 'f', asked: 'a', reason: 'r', flags: [] };
    const seen: unknown[] = [];
    makeSystem({ onRefused: (each) => seen.push(each) }).refuse(refusal);
    makeSystem({}).refuse(refusal);
    expect(seen).toEqual([refusal]);
  });

  it('refuses to inherit streams on a platform that has none', async () => {
    const { platform } = await import('../web-platform.ts');
    for (const name of ['stdin', 'stdout', 'stderr'] as const)
      expect(() => makeSystem({ [name]: 'inherit' }, platform)).toThrow(
        `grants.${name}: this platform has no standard streams to inherit`,
      );
  });
});
