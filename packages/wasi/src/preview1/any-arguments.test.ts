import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, bigInt, constantFrom, integer, oneof, property, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { Preview1Guest } from '../fixtures/preview1-guest.ts';
import { testSystem } from '../fixtures/test-system.ts';

const folder = temporaryDirectory();
const LAST_ERRNO = 76;

/** The types of the parameters of each function but `proc_exit`: `i` is an `i32`, `I` is an `i64`. */
const SIGNATURES: Readonly<Record<string, string>> = {
  args_get: 'ii',
  args_sizes_get: 'ii',
  clock_res_get: 'ii',
  clock_time_get: 'iIi',
  environ_get: 'ii',
  environ_sizes_get: 'ii',
  fd_advise: 'iIIi',
  fd_allocate: 'iII',
  fd_close: 'i',
  fd_datasync: 'i',
  fd_fdstat_get: 'ii',
  fd_fdstat_set_flags: 'ii',
  fd_fdstat_set_rights: 'iII',
  fd_filestat_get: 'ii',
  fd_filestat_set_size: 'iI',
  fd_filestat_set_times: 'iIIi',
  fd_pread: 'iiiIi',
  fd_prestat_dir_name: 'iii',
  fd_prestat_get: 'ii',
  fd_pwrite: 'iiiIi',
  fd_read: 'iiii',
  fd_readdir: 'iiiIi',
  fd_renumber: 'ii',
  fd_seek: 'iIii',
  fd_sync: 'i',
  fd_tell: 'ii',
  fd_write: 'iiii',
  path_create_directory: 'iii',
  path_filestat_get: 'iiiii',
  path_filestat_set_times: 'iiiiIIi',
  path_link: 'iiiiiii',
  path_open: 'iiiiiIIii',
  path_readlink: 'iiiiii',
  path_remove_directory: 'iii',
  path_rename: 'iiiiii',
  path_symlink: 'iiiii',
  path_unlink_file: 'iii',
  poll_oneoff: 'iiii',
  proc_raise: 'i',
  random_get: 'ii',
  sched_yield: '',
  sock_accept: 'iii',
  sock_recv: 'iiiiii',
  sock_send: 'iiiii',
  sock_shutdown: 'ii',
};

/** Small numbers are descriptors, flags, lengths, and pointers to something; the others are mostly wrong. */
const i32 = oneof(
  { weight: 6, arbitrary: integer({ min: 0, max: 8 }) },
  { weight: 3, arbitrary: integer({ min: 0, max: 65_544 }) },
  { weight: 1, arbitrary: integer() },
);
// A long file costs time, and finds nothing more.
const i64 = oneof(
  bigInt({ min: 0n, max: 4096n }),
  constantFrom(-1n, -(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n),
);

const call = constantFrom(...Object.keys(SIGNATURES)).chain((name) =>
  tuple(constantFrom(name), tuple(...[...SIGNATURES[name]!].map((type) => (type === 'i' ? i32 : i64)))),
);

it('every function returns an error number, whatever its arguments are, and nothing gets out of the directory', () => {
  assert(
    property(array(call, { minLength: 1, maxLength: 12 }), (calls) => {
      // Without clocks nothing waits.
      const box = join(folder(), 'box');
      rmSync(box, { recursive: true, force: true });
      mkdirSync(box);
      writeFileSync(join(box, 'a'), 'text');
      const system = testSystem({ clocks: undefined }, [{ guest: '/', host: box, write: true }]);
      const guest = new Preview1Guest(system);
      // Pointers to the beginning of the memory find a path and a list of buffers there.
      guest.put('a\0\0\0\u0003\0\0\0b/../..', 0);
      for (const [name, args] of calls) {
        const error = guest.call(name, ...args);
        expect(Number.isInteger(error) && error >= 0 && error <= LAST_ERRNO).toBe(true);
      }
      guest.host.close();
      system.close();
      expect(readdirSync(folder())).toEqual(['box']);
    }),
    { numRuns: 500 },
  );
});
