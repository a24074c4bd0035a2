import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { Preview1Guest } from '../fixtures/preview1-guest.ts';
import { testSystem } from '../fixtures/test-system.ts';
import { errno } from './errno.ts';

const { badf, notdir, perm, rofs } = errno;
const folder = temporaryDirectory();
const [READABLE, WRITABLE] = [3, 4];
const DIRECTORY = 2;
const READ = 2n;

/** A program with a directory `in` to read, a directory `out` to write, and a file that lies in neither. */
function guestWithTwoDirectories(): Preview1Guest {
  for (const name of ['in', 'out']) {
    mkdirSync(join(folder(), name, 'sub'), { recursive: true });
    writeFileSync(join(folder(), name, 'file'), name);
  }
  writeFileSync(join(folder(), 'secret'), 'secret');
  symlinkSync('../../secret', join(folder(), 'out/sub/link'));
  const [inside, outside] = [join(folder(), 'in'), join(folder(), 'out')];
  return new Preview1Guest(
    testSystem({}, [
      { guest: '/in', host: inside },
      { guest: '/out', host: outside, write: true },
    ]),
  );
}

/** Calls `path_rename` or `path_link` from one directory to another. */
function move(
  guest: Preview1Guest,
  name: 'rename' | 'link',
  from: number,
  to: number,
  path = 'file',
): number {
  const [old, target] = [guest.put(path), guest.put('taken', 5000)];
  const args = name === 'link' ? [from, 1, ...old] : [from, ...old];
  return guest.call(`path_${name}`, ...args, to, ...target);
}

describe('two directories of a program of preview 1', () => {
  it('do not add up: nothing gets from the one for reading into the one for writing', () => {
    const guest = guestWithTwoDirectories();
    expect(move(guest, 'link', READABLE, WRITABLE)).toBe(rofs);
    expect(move(guest, 'rename', READABLE, WRITABLE)).toBe(rofs);
    expect(move(guest, 'rename', WRITABLE, READABLE)).toBe(rofs);
    const sub = guest.open('sub', { dir: WRITABLE, oflags: DIRECTORY });
    expect(move(guest, 'link', sub, WRITABLE, 'link')).toBe(perm);
    expect(move(guest, 'link', sub, WRITABLE, '../file')).toBe(perm);
    expect(readdirSync(join(folder(), 'out')).sort()).toEqual(['file', 'sub']);
    expect(readdirSync(join(folder(), 'in')).sort()).toEqual(['file', 'sub']);
  });

  it('keep their rights when their numbers are exchanged', () => {
    const guest = guestWithTwoDirectories();
    const spare = guest.open('sub', { dir: WRITABLE, oflags: DIRECTORY });
    expect(guest.call('fd_renumber', READABLE, spare)).toBe(0);
    expect(guest.open('new', { dir: spare, oflags: 1 })).toBe(-rofs);
    expect(guest.call('fd_renumber', WRITABLE, spare)).toBe(0);
    expect(guest.open('new', { dir: WRITABLE, rights: READ })).toBe(-badf);
    expect(guest.read(guest.open('file', { dir: spare }), 10)).toBe('out');
    expect(guest.open('../in/file', { dir: spare, rights: READ })).toBe(-perm);
  });

  it('are not changed below, either, with a directory that was opened with all rights', () => {
    const guest = guestWithTwoDirectories();
    const sub = guest.open('sub', { dir: READABLE, oflags: DIRECTORY, rights: (1n << 30n) - 1n });
    expect(sub).toBeGreaterThan(WRITABLE);
    expect(guest.call('path_create_directory', sub, ...guest.put('new'))).toBe(rofs);
    expect(guest.open('new', { dir: sub, oflags: 1 })).toBe(-rofs);
    expect(guest.call('path_filestat_set_times', sub, 0, ...guest.put('.'), 0n, 0n, 5)).toBe(rofs);
    expect(guest.call('fd_filestat_set_times', sub, 0n, 0n, 5)).toBe(rofs);
    const file = guest.open('file', { dir: READABLE, rights: READ });
    expect(guest.call('fd_filestat_set_times', file, 0n, 0n, 5)).toBe(rofs);
    expect(guest.call('fd_filestat_set_size', file, 0n)).toBe(badf);
    expect(guest.call('fd_allocate', file, 0n, 100n)).toBe(badf);
    expect(readFileSync(join(folder(), 'in/file'), 'utf8')).toBe('in');
  });
});

describe('numbers of a program of preview 1', () => {
  it('do not lead to what they once stood for', () => {
    const guest = guestWithTwoDirectories();
    const sub = guest.open('sub', { dir: WRITABLE, oflags: DIRECTORY });
    expect(guest.call('fd_close', sub)).toBe(0);
    expect(guest.open('link', { dir: sub, rights: READ })).toBe(-badf);
    expect(guest.open('file', { dir: READABLE, rights: READ })).toBe(sub);
    expect(guest.open('link', { dir: sub, rights: READ })).toBe(-notdir);
    expect(guest.call('fd_close', WRITABLE)).toBe(0);
    expect(move(guest, 'rename', READABLE, WRITABLE)).toBe(badf);
    expect(guest.open('file', { dir: -1, rights: READ })).toBe(-badf);
    expect(guest.open('file', { dir: 2 ** 31, rights: READ })).toBe(-badf);
  });
});
