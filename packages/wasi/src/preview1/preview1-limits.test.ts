import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { memoryDirectory } from '../files/memory/open-memory-directory.ts';
import { Preview1Guest } from '../fixtures/preview1-guest.ts';
import { testSystem } from '../fixtures/test-system.ts';
import { makeSystem } from '../system/make-system.ts';
import { errno } from './errno.ts';

const { badf, fault, inval, mfile } = errno;
const folder = temporaryDirectory();

const guestWithLimit = (descriptors: number): Preview1Guest =>
  new Preview1Guest(
    makeSystem({
      dirs: [{ host: memoryDirectory({ file: 'text', sub: {} }), guest: '/', write: true }],
      limits: { descriptors },
    }),
  );

const names = ['a', 'bb', 'ccc'];
const guestWithNames = (): Preview1Guest => {
  for (const name of names) writeFileSync(join(folder(), name), '');
  return new Preview1Guest(testSystem({}, [{ guest: '/', host: folder(), write: true }]));
};

describe('the limit of open descriptors', () => {
  it('is `mfile`, and makes nothing', () => {
    const guest = guestWithLimit(3);
    expect([guest.open('file'), guest.open('sub', { oflags: 2 })]).toEqual([4, 5]);
    expect([guest.open('file'), guest.open('new', { oflags: 1 })]).toEqual([-mfile, -mfile]);
    expect(guest.call('path_filestat_get', 3, 0, ...guest.put('new'), 64)).toBe(errno.noent);
    expect(guest.call('fd_close', 4)).toBe(0);
    expect([guest.open('file'), guest.open('file')]).toEqual([4, -mfile]);
  });

  it('is not reached by a program that closes what it opens, in any way', () => {
    const guest = guestWithLimit(4);
    const kept = guest.open('file');
    for (let round = 0; round < 50; round++) {
      const fd = guest.open('file');
      expect(fd).toBe(5);
      expect(guest.call(round % 2 === 0 ? 'fd_renumber' : 'fd_close', fd, kept)).toBe(0);
      // What fails opens nothing.
      expect(guest.call('path_open', 3, 0, ...guest.put('file'), 0, 2n, 2n, 0, -4)).toBe(fault);
    }
    expect(guest.read(kept, 10)).toBe('text');
  });
});

describe('arguments and variables', () => {
  it('may be many and long', () => {
    const args = Array.from({ length: 2000 }, (_, index) => `${index}`).concat('ü'.repeat(10_000));
    const env = [['LONG', 'x'.repeat(20_000)]] as const;
    const guest = new Preview1Guest(testSystem({ args, env }));
    guest.memory.grow(1);
    expect(guest.call('args_sizes_get', 16, 20)).toBe(0);
    const [count, size] = [guest.u32(16), guest.u32(20)];
    expect(count).toBe(2001);
    expect(guest.call('args_get', 32, 40_000)).toBe(0);
    expect(guest.text(40_000, size).split('\0')).toEqual([...args, '']);
    expect(guest.text(guest.u32(32 + 4 * 1999), 4)).toBe('1999');
    expect(guest.call('environ_get', 32, 40_000)).toBe(0);
    expect(guest.text(40_000, 20_006)).toBe(`LONG=${'x'.repeat(20_000)}\0`);
  });

  it('are `fault` when they do not fit, and write nothing then', () => {
    const guest = new Preview1Guest(testSystem({ args: ['x'.repeat(30_000), 'y'.repeat(30_000)] }));
    expect(guest.call('args_get', 16, 10_000)).toBe(fault);
    expect(guest.call('args_get', 65_532, 0)).toBe(fault);
    expect(guest.bytes.every((byte) => byte === 0)).toBe(true);
  });
});

describe('fd_readdir', () => {
  it('fills a buffer of any size, so that only the end leaves room', () => {
    const guest = guestWithNames();
    expect(guest.call('fd_readdir', 3, 4096, 4000, 0n, 16)).toBe(0);
    const all = guest.u32(16);
    const whole = guest.bytes.slice(4096, 4096 + all);
    expect(all).toBe(5 * 24 + '...abbccc'.length);
    for (let size = 0; size <= all + 1; size++) {
      guest.bytes.fill(0x23, 4096, 8192);
      expect(guest.call('fd_readdir', 3, 4096, size, 0n, 16)).toBe(0);
      expect(guest.u32(16)).toBe(Math.min(size, all));
      expect(guest.bytes.slice(4096, 4096 + guest.u32(16))).toEqual(whole.slice(0, size));
      expect(guest.bytes[4096 + size]).toBe(0x23);
    }
  });

  it('goes on at every cookie, also when it begins there, and refuses one that no entry can have', () => {
    const guest = guestWithNames();
    expect(guest.call('fd_readdir', 3, 4096, 4000, 3n, 16)).toBe(0);
    const last = guest.text(
      4096 + 24 * 2 + guest.u32(4096 + 16),
      guest.u32(16) - 24 * 2 - guest.u32(4096 + 16),
    );
    expect(names).toContain(last);
    for (const cookie of [5n, 6n, 2n ** 40n]) {
      expect(guest.call('fd_readdir', 3, 4096, 4000, cookie, 16)).toBe(0);
      expect(guest.u32(16)).toBe(0);
    }
    expect(guest.call('fd_readdir', 3, 4096, 4000, -1n, 16)).toBe(inval);
  });
});

describe('fd_renumber', () => {
  it('needs both descriptors, takes the same one twice, and closes the one that it replaces', () => {
    const guest = new Preview1Guest(testSystem({}, [{ guest: '/', host: folder(), write: true }]));
    const [a, b] = [guest.open('a', { oflags: 1 }), guest.open('b', { oflags: 1 })];
    expect([guest.call('fd_renumber', a, 99), guest.call('fd_renumber', 99, a)]).toEqual([badf, badf]);
    expect(guest.call('fd_renumber', -1, a)).toBe(badf);
    expect([guest.call('fd_renumber', a, a), guest.write(a, 'to a')]).toEqual([0, 4]);
    expect(guest.call('fd_renumber', a, b)).toBe(0);
    expect([guest.call('fd_close', a), guest.write(b, ' too')]).toEqual([badf, 4]);
    expect(readFileSync(join(folder(), 'a'), 'utf8')).toBe('to a too');
    expect(readFileSync(join(folder(), 'b'), 'utf8')).toBe('');
  });

  it('lets a program write its standard output to a file', () => {
    const system = testSystem({}, [{ guest: '/', host: folder(), write: true }]);
    const guest = new Preview1Guest(system);
    guest.write(1, 'before ');
    expect(guest.call('fd_renumber', guest.open('log', { oflags: 1 }), 1)).toBe(0);
    guest.write(1, 'after');
    guest.write(2, 'errors');
    expect([system.out(), system.err()]).toEqual(['before ', 'errors']);
    expect(readFileSync(join(folder(), 'log'), 'utf8')).toBe('after');
  });
});
