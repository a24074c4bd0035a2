import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { ManualSource } from '../fixtures/byte-streams.ts';
import { Preview1Guest } from '../fixtures/preview1-guest.ts';
import { testSystem } from '../fixtures/test-system.ts';
import { errno } from './errno.ts';

const { again, badf, fault, ilseq, inval, isdir, nametoolong, noent, notdir, perm, rofs, spipe } = errno;
const RIGHTS = { read: 2n, write: 64n };
const folder = temporaryDirectory();

/** A guest with the folder as `/data`, which it may change. */
function guestWithFolder(write = true): Preview1Guest & { readonly refusals: readonly { asked: string }[] } {
  const system = testSystem({}, [{ guest: '/data', host: folder(), write }]);
  return Object.assign(new Preview1Guest(system), { refusals: system.refusals });
}

it('has the 46 functions of the specification', () => {
  const { imports } = new Preview1Guest(testSystem()).host;
  const names = Object.keys(imports.wasi_snapshot_preview1).sort();
  expect(names.join(' ')).toBe(
    'args_get args_sizes_get clock_res_get clock_time_get environ_get environ_sizes_get fd_advise fd_allocate ' +
      'fd_close fd_datasync fd_fdstat_get fd_fdstat_set_flags fd_fdstat_set_rights fd_filestat_get ' +
      'fd_filestat_set_size fd_filestat_set_times fd_pread fd_prestat_dir_name fd_prestat_get fd_pwrite fd_read ' +
      'fd_readdir fd_renumber fd_seek fd_sync fd_tell fd_write path_create_directory path_filestat_get ' +
      'path_filestat_set_times path_link path_open path_readlink path_remove_directory path_rename path_symlink ' +
      'path_unlink_file poll_oneoff proc_exit proc_raise random_get sched_yield sock_accept sock_recv sock_send ' +
      'sock_shutdown',
  );
  expect(names.length).toBe(46);
});

describe('rights', () => {
  it('decide between reading and writing, and count for nothing else', () => {
    const guest = guestWithFolder();
    writeFileSync(join(folder(), 'file'), 'text');
    const reading = guest.open('file', { rights: 0n });
    expect([guest.read(reading, 4), guest.write(reading, 'x')]).toEqual(['text', -badf]);
    const writing = guest.open('file', { rights: RIGHTS.write });
    expect([guest.read(writing, 4), guest.write(writing, 'x')]).toEqual([-badf, 1]);
  });

  it('of a directory lack `fd_seek`, and let files below it be written', () => {
    const guest = guestWithFolder(false);
    expect(guest.call('fd_fdstat_get', 3, 16)).toBe(0);
    const [base, inheriting] = [guest.u64(24), guest.u64(32)];
    expect([base & 4n, inheriting & RIGHTS.write]).toEqual([0n, RIGHTS.write]);
  });
});

describe('preopened directories', () => {
  it('start at 3 without gaps, and `badf` ends them', () => {
    const directories = ['/', '/data', '/data/sub'].map((guest) => ({ guest, host: folder() }));
    const guest = new Preview1Guest(testSystem({}, directories));
    const names = [3, 4, 5].map((fd) => {
      expect(guest.call('fd_prestat_get', fd, 16)).toBe(0);
      const length = guest.u32(20);
      guest.bytes.fill(0x23, 32, 64);
      expect(guest.call('fd_prestat_dir_name', fd, 32, length - 1)).toBe(nametoolong);
      expect(guest.call('fd_prestat_dir_name', fd, 32, 32)).toBe(0);
      return guest.text(32, length + 1);
    });
    expect(names).toEqual(['/#', '/data#', '/data/sub#']);
    expect([0, 1, 2, 6].map((fd) => guest.call('fd_prestat_get', fd, 16))).toEqual([badf, badf, badf, badf]);
  });

  it('are not what the program opens itself', () => {
    const guest = guestWithFolder();
    const opened = guest.open('.', { oflags: 2 });
    expect(opened).toBe(4);
    expect(guest.call('fd_prestat_get', opened, 16)).toBe(badf);
  });
});

describe('paths', () => {
  it('never lead out of the directory, and the host hears of those that try', () => {
    const guest = guestWithFolder();
    symlinkSync('/etc', join(folder(), 'link'));
    const paths = ['/etc/passwd', '../x', 'link/passwd'];
    expect(paths.map((path) => guest.open(path, { rights: RIGHTS.read }))).toEqual([-perm, -perm, -perm]);
    expect(guest.refusals.map(({ asked }) => asked)).toEqual(['/etc/passwd', '/x', '/data/link/passwd']);
  });

  it('are `rofs` for changes below a directory that may only be read', () => {
    const guest = guestWithFolder(false);
    writeFileSync(join(folder(), 'file'), 'text');
    expect(guest.open('file')).toBe(-rofs);
    expect(guest.call('path_unlink_file', 3, ...guest.put('file'))).toBe(rofs);
    expect(guest.open('file', { rights: RIGHTS.read })).toBe(4);
  });

  it('are `ilseq` unless they are UTF-8', () => {
    const guest = guestWithFolder();
    const path = guest.put(Uint8Array.of(0x61, 0xff));
    expect(guest.call('path_create_directory', 3, ...path)).toBe(ilseq);
  });

  it('are relative to a directory', () => {
    const guest = guestWithFolder();
    writeFileSync(join(folder(), 'file'), '');
    const file = guest.open('file');
    expect([
      guest.open('x', { dir: file }),
      guest.open('x', { dir: 1 }),
      guest.open('x', { dir: 77 }),
    ]).toEqual([-notdir, -notdir, -badf]);
  });
});

describe('fdflags', () => {
  it('belong to a descriptor, not to a file', () => {
    const guest = guestWithFolder();
    const [appending, plain] = [guest.open('file', { oflags: 1, fdflags: 1 }), guest.open('file')];
    expect([flagsOf(guest, appending), flagsOf(guest, plain)]).toEqual([1, 0]);
    guest.write(appending, 'one ');
    guest.write(appending, 'two ');
    guest.write(plain, 'ONE');
    expect(readFileSync(join(folder(), 'file'), 'utf8')).toBe('ONE two ');
  });

  it('let `fd_pwrite` append whatever its offset is, and keep the offset of the descriptor', () => {
    const guest = guestWithFolder();
    const fd = guest.open('file', { oflags: 1, fdflags: 1 });
    guest.write(fd, 'ab');
    expect(guest.call('fd_pwrite', fd, ...guest.buffers(guest.put('c')), 0n, 16)).toBe(0);
    expect(guest.call('fd_tell', fd, 16)).toBe(0);
    expect([guest.u64(16), readFileSync(join(folder(), 'file'), 'utf8')]).toEqual([2n, 'abc']);
  });

  it('for append and nonblock can be set later, those for synchronous writes only at the start', () => {
    const guest = guestWithFolder();
    const fd = guest.open('file', { oflags: 1, fdflags: 16 });
    expect([4, 8, 16].map((flags) => guest.call('fd_fdstat_set_flags', fd, flags))).toEqual([
      0,
      inval,
      inval,
    ]);
    expect(flagsOf(guest, fd)).toBe(20);
    expect(guest.write(fd, 'x')).toBe(1);
  });

  it('ignore `excl` without `creat`', () => {
    const guest = guestWithFolder();
    expect(guest.open('file', { oflags: 4 })).toBe(-noent);
    writeFileSync(join(folder(), 'file'), '');
    expect(guest.open('file', { oflags: 4 })).toBe(4);
  });
});

describe('offsets', () => {
  it('are `spipe` for standard streams', () => {
    const guest = new Preview1Guest(testSystem());
    const buffers = guest.buffers(guest.put('x'));
    const calls = [
      guest.call('fd_seek', 1, 0n, 0, 16),
      guest.call('fd_tell', 0, 16),
      guest.call('fd_pwrite', 1, ...buffers, 0n, 16),
      guest.call('fd_pread', 0, ...buffers, 0n, 16),
    ];
    expect(calls).toEqual([spipe, spipe, spipe, spipe]);
  });

  it('are those of each descriptor, and do not move with positioned reads', () => {
    const guest = guestWithFolder();
    writeFileSync(join(folder(), 'file'), '0123456789');
    const [a, b] = [guest.open('file'), guest.open('file')];
    expect([guest.read(a, 3), guest.read(b, 2)]).toEqual(['012', '01']);
    expect(guest.call('fd_pread', a, ...guest.buffers([8192, 4]), 5n, 16)).toBe(0);
    expect([guest.text(8192, 4), guest.read(a, 2), guest.read(b, 20)]).toEqual(['5678', '34', '23456789']);
    // An offset that is not a safe integer is behind every end.
    expect(guest.call('fd_pread', a, ...guest.buffers([8192, 4]), -1n, 16)).toBe(0);
    expect(guest.u32(16)).toBe(0);
    expect([-1n, 2n ** 53n].map((offset) => guest.call('fd_seek', a, offset, 0, 16))).toEqual([inval, inval]);
  });
});

describe('fd_readdir', () => {
  it('begins with the dots, fills its buffer, and goes on after a cookie although names disappear', () => {
    const guest = guestWithFolder();
    const names = Array.from({ length: 20 }, (_, index) => `name-${index}`);
    for (const name of names) writeFileSync(join(folder(), name), '');
    const found: string[] = [];
    for (let cookie = 0n; ;) {
      const [some, next, used] = list(guest, 3, cookie, 100);
      found.push(...some);
      for (const name of some)
        if (!name.startsWith('.')) guest.call('path_unlink_file', 3, ...guest.put(name));
      if (used < 100) break;
      cookie = next;
    }
    expect(found.slice(0, 2)).toEqual(['.', '..']);
    expect(found.slice(2).sort()).toEqual(names.sort());
    expect(list(guest, 3, 0n, 1000)[0]).toEqual(['.', '..']);
  });

  it('ends behind the last entry, and is `notdir` for a file', () => {
    const guest = guestWithFolder();
    writeFileSync(join(folder(), 'file'), '');
    expect(list(guest, 3, 99n, 100)).toEqual([[], 99n, 0]);
    expect(guest.call('fd_readdir', guest.open('file'), 8192, 100, 0n, 16)).toBe(notdir);
  });

  it('gives the type and the inode of each entry', () => {
    const guest = guestWithFolder();
    mkdirSync(join(folder(), 'sub'));
    list(guest, 3, 2n, 100);
    const [inode, type] = [guest.u64(8200), guest.view.getUint8(8212)];
    expect(guest.call('path_filestat_get', 3, 0, ...guest.put('sub'), 64)).toBe(0);
    expect([type, inode]).toEqual([3, guest.u64(72)]);
    expect(guest.read(3, 1)).toBe(-isdir);
  });
});

describe('fd_renumber', () => {
  it('keeps a preopened directory one, and frees its number', () => {
    const guest = guestWithFolder();
    const file = guest.open('file', { oflags: 1 });
    expect(guest.call('fd_renumber', 3, file)).toBe(0);
    expect([guest.call('fd_prestat_get', 3, 16), guest.call('fd_prestat_get', file, 16)]).toEqual([badf, 0]);
    expect(guest.open('file', { dir: file })).toBe(3);
  });
});

describe('standard streams', () => {
  it('give `again` in place of waiting when they are `nonblock`', () => {
    const stdin = Object.assign(new ManualSource(), { block: () => false });
    const guest = new Preview1Guest(testSystem({ stdin }));
    expect(guest.call('fd_fdstat_set_flags', 0, 4)).toBe(0);
    expect(guest.read(0, 4)).toBe(-again);
  });

  it('can be closed, and their numbers are used again', () => {
    const guest = guestWithFolder();
    expect([guest.call('fd_close', 0), guest.call('fd_close', 0)]).toEqual([0, badf]);
    expect(guest.open('.', { oflags: 2 })).toBe(0);
  });
});

describe('clocks', () => {
  it('are exact to the nanosecond', () => {
    const clocks = {
      ...testSystem().clocks!,
      wallNow: () => 1_796_010_333_083_495_475n,
      wallResolution: () => 7n,
    };
    const guest = new Preview1Guest(testSystem({ clocks }));
    expect([guest.call('clock_time_get', 0, 1n, 16), guest.call('clock_res_get', 0, 24)]).toEqual([0, 0]);
    expect([guest.u64(16), guest.u64(24)]).toEqual([1_796_010_333_083_495_475n, 7n]);
  });
});

describe('memory', () => {
  it('is used where it is after it has grown', () => {
    const guest = new Preview1Guest(testSystem());
    expect(guest.call('random_get', 65_536, 8)).toBe(fault);
    guest.memory.grow(1);
    expect(guest.call('random_get', 65_536, 8)).toBe(0);
    guest.memory.grow(1);
    expect(guest.call('args_get', 0, 131_072)).toBe(0);
    expect(guest.text(131_072, 8)).toBe('program\0');
  });

  it('is never accessed outside, whatever the pointers are', () => {
    const guest = guestWithFolder();
    const wrong = [-1, -8, 65_535, 0x7fff_ffff, -0x8000_0000];
    for (const at of wrong) {
      expect(guest.call('clock_time_get', 1, 1n, at)).toBe(fault);
      expect(guest.call('fd_write', 1, at, 1, 16)).toBe(fault);
      expect(guest.call('fd_write', 1, ...guest.buffers([at, 2]), 16)).toBe(fault);
      expect(guest.call('fd_write', 1, ...guest.buffers([16, at]), 16)).toBe(fault);
      expect(guest.call('fd_read', 0, 2048, at, 16)).toBe(fault);
      expect(guest.call('poll_oneoff', at, 0, 1, 16)).toBe(fault);
      expect(guest.call('poll_oneoff', 0, 0, at, 16)).toBe(fault);
      expect(guest.call('path_open', 3, 0, at, 2, 0, 0n, 0n, 0, 16)).toBe(fault);
      expect(guest.call('path_open', 3, 0, ...guest.put('.'), 0, 0n, 0n, 0, at)).toBe(fault);
      expect(guest.call('fd_readdir', 3, 16, at, 0n, 16)).toBe(fault);
      expect(guest.call('args_get', at, 16)).toBe(fault);
    }
  });
});

function flagsOf(guest: Preview1Guest, fd: number): number {
  expect(guest.call('fd_fdstat_get', fd, 16)).toBe(0);
  return guest.view.getUint16(18, true);
}

/** Reads entries with a buffer of this size. Returns the names that are whole, the last cookie, and the bytes used. */
function list(guest: Preview1Guest, fd: number, cookie: bigint, size: number): [string[], bigint, number] {
  expect(guest.call('fd_readdir', fd, 8192, size, cookie, 16)).toBe(0);
  const used = guest.u32(16);
  const names: string[] = [];
  let next = cookie;
  for (let at = 0; at + 24 <= used;) {
    const length = guest.u32(8192 + at + 16);
    if (at + 24 + length > used) break;
    next = guest.u64(8192 + at);
    names.push(guest.text(8192 + at + 24, length));
    at += 24 + length;
  }
  return [names, next, used];
}
