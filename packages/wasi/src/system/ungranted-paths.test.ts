import { describe, expect, it } from 'vitest';
import { programs } from '../fixtures/escapes/programs.ts';
import { pathFunctions } from '../fixtures/escapes/path-functions.ts';
import { outcomeOf } from '../fixtures/file-operations.ts';
import { Preview1Guest } from '../fixtures/preview1-guest.ts';
import { memoryDirectory } from '../files/memory/open-memory-directory.ts';
import { errno } from '../preview1/errno.ts';
import { type Refusal, refusalText } from '../refusal.ts';
import { makeSystem } from './make-system.ts';

const { badf, noent, notcapable, notsock } = errno;

/** A program of preview 1 whose host hears of refusals. */
function listenedGuest(): { readonly guest: Preview1Guest; readonly refusals: Refusal[] } {
  const refusals: Refusal[] = [];
  const guest = new Preview1Guest(
    makeSystem({
      dirs: [{ host: memoryDirectory({ file: '' }), guest: '/data', write: true }],
      onRefused: (refusal) => void refusals.push(refusal),
    }),
  );
  return { guest, refusals };
}

const GRANTED = 3;
const ROOT = 4;
const ALL_RIGHTS = (1n << 30n) - 1n;

describe('a path below none of the directories, in preview 1', () => {
  it('is `notcapable` for every function that takes it, and the host hears which one was called', () => {
    const { guest, refusals } = listenedGuest();
    const path = guest.put('etc/passwd');
    const file = guest.put('file', 5000);
    const calls: [string, ...(number | bigint)[]][] = [
      ['path_open', ROOT, 0, ...path, 0, ALL_RIGHTS, ALL_RIGHTS, 0, 16],
      ['path_filestat_get', ROOT, 0, ...path, 64],
      ['path_filestat_set_times', ROOT, 0, ...path, 0n, 0n, 0],
      ['path_create_directory', ROOT, ...path],
      ['path_remove_directory', ROOT, ...path],
      ['path_unlink_file', ROOT, ...path],
      ['path_rename', ROOT, ...path, GRANTED, ...file],
      ['path_rename', GRANTED, ...file, ROOT, ...path],
      ['path_link', ROOT, 0, ...path, GRANTED, ...file],
      ['path_link', GRANTED, 0, ...file, ROOT, ...path],
      ['path_symlink', ...file, ROOT, ...path],
      ['path_readlink', ROOT, ...path, 8192, 100, 16],
    ];
    for (const [name, ...args] of calls) {
      expect([name, guest.call(name, ...args)]).toEqual([name, notcapable]);
      expect(refusals.splice(0)).toEqual([
        {
          interface: 'wasi_snapshot_preview1',
          function: name,
          asked: '/etc/passwd',
          reason: 'no directory grants it',
          flags: ['--dir /etc::/etc'],
        },
      ]);
    }
  });

  it('has the error of its text first, which is not reported', () => {
    const { guest, refusals } = listenedGuest();
    expect([guest.open('', { dir: ROOT }), guest.open('a\0', { dir: ROOT })]).toEqual([-noent, -errno.inval]);
    expect(refusals).toEqual([]);
  });

  it('shows by nothing else whether the host hears of refusals', () => {
    const { guest, refusals } = listenedGuest();
    // What libc does when it starts, and before it opens a path.
    expect([guest.call('fd_prestat_get', ROOT, 16), guest.u32(20)]).toEqual([0, 1]);
    expect([guest.call('fd_prestat_dir_name', ROOT, 16, 1), guest.text(16, 1)]).toEqual([0, '/']);
    expect([guest.call('fd_fdstat_get', ROOT, 16), guest.bytes[16]]).toEqual([0, 3]);
    const plain = new Preview1Guest(makeSystem({ dirs: [{ host: memoryDirectory(), guest: '/data' }] }));
    const calls: [string, ...(number | bigint)[]][] = [
      ['fd_advise', ROOT, 0n, 0n, 0],
      ['fd_allocate', ROOT, 0n, 1n],
      ['fd_close', ROOT],
      ['fd_datasync', ROOT],
      ['fd_fdstat_set_flags', ROOT, 0],
      ['fd_fdstat_set_rights', ROOT, 0n, 0n],
      ['fd_filestat_get', ROOT, 64],
      ['fd_filestat_set_size', ROOT, 0n],
      ['fd_filestat_set_times', ROOT, 0n, 0n, 0],
      ['fd_pread', ROOT, 0, 0, 0n, 16],
      ['fd_pwrite', ROOT, 0, 0, 0n, 16],
      ['fd_read', ROOT, 0, 0, 16],
      ['fd_readdir', ROOT, 8192, 100, 0n, 16],
      ['fd_renumber', ROOT, GRANTED],
      ['fd_renumber', GRANTED, ROOT],
      ['fd_seek', ROOT, 0n, 0, 16],
      ['fd_sync', ROOT],
      ['fd_tell', ROOT, 16],
      ['fd_write', ROOT, 0, 0, 16],
      ['sock_accept', ROOT, 0, 16],
      ['sock_recv', ROOT, 0, 0, 0, 16, 20],
      ['sock_send', ROOT, 0, 0, 0, 16],
      ['sock_shutdown', ROOT, 1],
    ];
    for (const [name, ...args] of calls) {
      expect([name, guest.call(name, ...args)]).toEqual([name, badf]);
      expect([name, plain.call(name, ...args)]).toEqual([name, badf]);
    }
    expect([0, 1, 2, GRANTED].map((fd) => guest.call('sock_shutdown', fd, 1))).toEqual([
      notsock,
      notsock,
      notsock,
      notsock,
    ]);
    expect(refusals).toEqual([]);
  });
});

/** Preview 1 has another number for it, which is tested above. */
const components = Object.entries(programs).filter(([name]) => name !== 'WASI preview 1');

describe.each(components)('a path below none of the directories, in %s', (_, firstDirectory) => {
  it('is `not-permitted` for every function that takes it, and the host hears of it', () => {
    const refusals: Refusal[] = [];
    const system = makeSystem({ onRefused: (refusal) => void refusals.push(refusal) });
    const root = firstDirectory(system);
    for (const { name, call } of pathFunctions) {
      expect([name, outcomeOf(() => call(root, 'etc/passwd'))]).toEqual([name, 'not-permitted']);
      const [refusal, ...more] = refusals.splice(0);
      expect([name, more]).toEqual([name, []]);
      expect(refusal).toMatchObject({
        interface: expect.stringMatching(/^wasi:filesystem\/types@0\.[23]/u),
      });
      expect(refusal?.reason).toMatch(/^no directory grants it/u);
    }
  });
});

/** `oflags` of a directory. */
const DIRECTORY = 2;

/** What the host is told when a program opens a path. */
function suggestion(path: string, oflags = 0): string {
  const { guest, refusals } = listenedGuest();
  expect(guest.open(path, { dir: ROOT, oflags })).toBe(-notcapable);
  return refusalText(refusals[0]!);
}

describe('what a path would take to be granted', () => {
  it('is the directory that contains it', () => {
    expect(suggestion('etc/passwd')).toBe(
      'the program asked for `/etc/passwd`; no directory grants it; `--dir /etc::/etc` would',
    );
    expect(suggestion('srv/./www/../data/a.db')).toContain('; `--dir /srv/data::/srv/data` would');
  });

  it('is the directory itself when it is opened as one', () => {
    expect(suggestion('etc', DIRECTORY)).toContain(
      '`/etc`; no directory grants it; `--dir /etc::/etc` would',
    );
    expect(suggestion('etc/ssl/', DIRECTORY)).toContain('; `--dir /etc/ssl::/etc/ssl` would');
  });

  it('is a directory that somebody has to choose for what is directly below `/`, and never all of the host', () => {
    expect(suggestion('x')).toBe(
      'the program asked for `/x`; no directory grants it; `--dir HOST::/` would, with the directory of the host ' +
        'that holds it as `HOST`',
    );
    for (const path of ['.', './', 'etc/..']) {
      expect(suggestion(path, DIRECTORY)).toBe(
        'the program asked for `/`; no directory grants it; `--dir HOST::/` would, with a directory of the host as ' +
          '`HOST`',
      );
    }
  });
});
