import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { payloadOf } from '../../fixtures/error-payload.ts';
import { hostFolders } from '../../fixtures/host-folders.ts';
import { filesOfWasi2, open, openNew } from '../../fixtures/wasi2-files.ts';
import type { Descriptor } from './descriptor.ts';

const newFolder = hostFolders();

/** Returns the names that a directory lists, sorted, with their types. */
function listed(directory: Descriptor): string[] {
  const stream = directory.readDirectory();
  const all: string[] = [];
  for (let entry = stream.readDirectoryEntry(); entry !== undefined; entry = stream.readDirectoryEntry())
    all.push(`${entry.name}: ${entry.type}`);
  expect(stream.readDirectoryEntry()).toBe(undefined);
  return all.toSorted();
}

/** `outside/secret` and `box/inner/file`; the program has `box`. */
function boxed(): { host: string; box: string } {
  const host = newFolder();
  const box = join(host, 'box');
  mkdirSync(join(host, 'outside'));
  mkdirSync(join(box, 'inner'), { recursive: true });
  writeFileSync(join(host, 'outside/secret'), 'secret');
  writeFileSync(join(box, 'inner/file'), 'inside');
  return { host, box };
}

describe('the preopens', () => {
  it('have the paths that the program knows, and stay open when they are dropped', () => {
    const { box } = boxed();
    const { imports } = filesOfWasi2(box, {
      dirs: [
        { host: box, guest: '/a' },
        { host: join(box, 'inner'), guest: '/b/c', write: true },
      ],
    });
    const { getDirectories } = imports['wasi:filesystem/preopens@0.2.12'];
    for (let round = 0; round < 3; round++) {
      const found = getDirectories();
      // A directory that refuses everything stands for all others, so that refusals are reported.
      expect(found.map(([, path]) => path)).toEqual(['/a', '/b/c', '/']);
      expect(found.slice(0, 2).map(([descriptor]) => descriptor.getFlags())).toEqual([
        { read: true, mutateDirectory: false },
        { read: true, mutateDirectory: true },
      ]);
      expect(found[1]?.[0].stat().type).toBe('directory');
      for (const [descriptor] of found) descriptor[Symbol.dispose]();
    }
  });
});

describe('a directory', () => {
  it('lists its names without `.` and `..`, from the beginning each time', () => {
    const { box } = boxed();
    writeFileSync(join(box, 'a'), '');
    symlinkSync('a', join(box, 'link'));
    const { data } = filesOfWasi2(box);
    const names = ['a: regular-file', 'inner: directory', 'link: symbolic-link'];
    expect(listed(data)).toEqual(names);
    const interrupted = data.readDirectory();
    interrupted.readDirectoryEntry();
    expect(listed(data)).toEqual(names);
    interrupted.readDirectoryEntry();
    interrupted.readDirectoryEntry();
    expect(interrupted.readDirectoryEntry()).toBe(undefined);
  });

  it('is made, filled, renamed, linked and removed', () => {
    const { box } = boxed();
    const { data } = filesOfWasi2(box);
    data.createDirectoryAt('new');
    const made = open(data, 'new', { directory: true, mutateDirectory: true });
    openNew(made, 'one').write(new TextEncoder().encode('one'), 0n);
    made.linkAt({}, 'one', data, 'two');
    made.symlinkAt('one', 'to-one');
    data.renameAt('two', made, 'three');
    expect(listed(made)).toEqual(['one: regular-file', 'three: regular-file', 'to-one: symbolic-link']);
    expect(readFileSync(join(box, 'new/three'), 'utf8')).toBe('one');
    expect(made.statAt({}, 'one').linkCount).toBe(2n);
    expect(payloadOf(() => data.removeDirectoryAt('new'))).toBe('not-empty');
    for (const name of ['one', 'three', 'to-one']) made.unlinkFileAt(name);
    data.removeDirectoryAt('new');
    expect(existsSync(join(box, 'new'))).toBe(false);
  });

  it('gives the codes of the specification', () => {
    const { box } = boxed();
    symlinkSync('inner/file', join(box, 'link'));
    symlinkSync('self', join(box, 'self'));
    const { data } = filesOfWasi2(box);
    const codes: Record<string, unknown> = {
      missing: payloadOf(() => open(data, 'missing')),
      'below a file': payloadOf(() => open(data, 'inner/file/x')),
      'a file as a directory': payloadOf(() => open(data, 'inner/file', { directory: true })),
      'exclusive, and there': payloadOf(() =>
        open(data, 'inner/file', { create: true, exclusive: true, write: true }),
      ),
      'a directory to write': payloadOf(() => open(data, 'inner', { write: true })),
      'a directory to create': payloadOf(() => open(data, 'x', { directory: true, create: true })),
      'a directory to truncate': payloadOf(() => open(data, 'inner', { directory: true, truncate: true })),
      'a link, not followed': payloadOf(() => open(data, 'link', { follow: false })),
      'a link to itself': payloadOf(() => open(data, 'self')),
      'making what is there': payloadOf(() => data.createDirectoryAt('inner')),
      'removing a file as a directory': payloadOf(() => data.removeDirectoryAt('inner/file')),
      'unlinking a directory': payloadOf(() => data.unlinkFileAt('inner')),
      'linking a directory': payloadOf(() => data.linkAt({}, 'inner', data, 'x')),
      'linking over a file': payloadOf(() => data.linkAt({}, 'inner/file', data, 'link')),
      'an absolute target': payloadOf(() => data.symlinkAt('/etc', 'x')),
      'reading a file as a link': payloadOf(() => data.readlinkAt('inner/file')),
      'a name that is too long': payloadOf(() => open(data, 'x'.repeat(256))),
      'an empty path': payloadOf(() => data.statAt({}, '')),
    };
    expect(codes).toEqual({
      missing: 'no-entry',
      'below a file': 'not-directory',
      'a file as a directory': 'not-directory',
      'exclusive, and there': 'exist',
      'a directory to write': 'is-directory',
      'a directory to create': 'invalid',
      'a directory to truncate': 'invalid',
      'a link, not followed': 'loop',
      'a link to itself': 'loop',
      'making what is there': 'exist',
      'removing a file as a directory': 'not-directory',
      'unlinking a directory': 'is-directory',
      'linking a directory': 'not-permitted',
      'linking over a file': 'exist',
      'an absolute target': 'not-permitted',
      'reading a file as a link': 'invalid',
      'a name that is too long': 'name-too-long',
      'an empty path': 'no-entry',
    });
  });

  it('can open no more than the limit of descriptors', () => {
    const { box } = boxed();
    const { data } = filesOfWasi2(box, { limits: { descriptors: 8 } });
    const opened: Descriptor[] = [];
    const failure = payloadOf(() => {
      for (let round = 0; round < 100; round++) opened.push(open(data, 'inner/file'));
    });
    expect(failure).toBe('insufficient-memory');
    expect(opened.length).toBeLessThanOrEqual(8);
    opened[0]?.[Symbol.dispose]();
    expect(() => open(data, 'inner/file')).not.toThrow();
  });
});

describe('a directory that may not be changed', () => {
  /** Everything that changes something, with a directory to change it in. */
  const changes: Record<string, (directory: Descriptor) => unknown> = {
    'open for writing': (directory) => open(directory, 'file', { write: true }),
    create: (directory) => open(directory, 'new', { create: true }),
    truncate: (directory) => open(directory, 'file', { truncate: true }),
    'open for changes': (directory) => open(directory, '.', { mutateDirectory: true }),
    'make a directory': (directory) => directory.createDirectoryAt('new'),
    'remove a directory': (directory) => directory.removeDirectoryAt('sub'),
    unlink: (directory) => directory.unlinkFileAt('file'),
    rename: (directory) => directory.renameAt('file', directory, 'new'),
    'make a link': (directory) => directory.symlinkAt('file', 'new'),
    'make a hard link': (directory) => directory.linkAt({}, 'file', directory, 'new'),
    'set times': (directory) => directory.setTimesAt({}, 'file', { tag: 'now' }, { tag: 'now' }),
  };

  it.each(Object.entries(changes))(
    'refuses to %s when its grant is for reading, and reports it',
    (_, change) => {
      const { box } = boxed();
      mkdirSync(join(box, 'inner/sub'));
      const { data, refusals } = filesOfWasi2(box, { dirs: [{ host: box, guest: '/data' }] });
      const inner = open(data, 'inner', { directory: true });
      expect(payloadOf(() => change(inner))).toBe('read-only');
      expect(refusals).toHaveLength(1);
      expect(refusals[0]).toMatchObject({
        interface: 'wasi:filesystem/types@0.2.12',
        reason: '`/data` is granted for reading only',
        flags: [`--dir ${box}::/data`],
      });
      expect(readFileSync(join(box, 'inner/file'), 'utf8')).toBe('inside');
    },
  );

  // libc opens directories without `mutate-directory`, for itself and to remove what is in them.
  it.each(Object.entries(changes))(
    'lets a program %s below one that it opened without the flag',
    (_, change) => {
      const { box } = boxed();
      mkdirSync(join(box, 'inner/sub'));
      const { data, refusals } = filesOfWasi2(box);
      const inner = open(data, 'inner', { directory: true });
      expect(inner.getFlags()).toEqual({ read: true, mutateDirectory: false });
      change(inner);
      expect(refusals).toEqual([]);
    },
  );

  it('takes nothing from one that may be changed, and gives it nothing', () => {
    const [one, other] = [boxed().box, boxed().box];
    const { imports } = filesOfWasi2(one, {
      dirs: [
        { host: one, guest: '/one', write: true },
        { host: other, guest: '/other' },
      ],
    });
    const [[writable] = [], [readable] = []] = imports['wasi:filesystem/preopens@0.2.12'].getDirectories();
    const inner = open(readable!, 'inner', { directory: true });
    openNew(writable!, 'mine');
    const failures = [
      () => writable!.renameAt('mine', inner, 'x'),
      () => inner.renameAt('file', writable!, 'x'),
      () => writable!.linkAt({}, 'mine', inner, 'x'),
      () => inner.linkAt({}, 'file', writable!, 'x'),
    ].map(payloadOf);
    expect(new Set(failures)).toEqual(new Set(['read-only']));
  });
});

describe('paths that leave a directory', () => {
  const attempts: Record<string, (box: string, host: string) => string> = {
    'a parent': () => '../outside/secret',
    'a parent of a parent': () => 'inner/../../outside/secret',
    'out and in again': () => '../box/inner/file',
    'an absolute path': (_, host) => join(host, 'outside/secret'),
    'two slashes': () => '//etc/passwd',
    'a link to a parent': (box) => (symlinkSync('..', join(box, 'up')), 'up/outside/secret'),
    'an absolute link': (box, host) => (symlinkSync(join(host, 'outside'), join(box, 'away')), 'away/secret'),
    'a link at the end': (box) => (symlinkSync('../outside/secret', join(box, 'leak')), 'leak'),
    'a link and a slash': (box) => (symlinkSync('../outside', join(box, 'dir')), 'dir/'),
  };

  it.each(Object.entries(attempts))('are refused: %s', (_, attempt) => {
    const { host, box } = boxed();
    const { data, refusals } = filesOfWasi2(box);
    const path = attempt(box, host);
    const follow = { symlinkFollow: true };
    const failures = [
      () => data.openAt(follow, path, {}, { read: true }),
      () => data.statAt(follow, path),
      () => data.metadataHashAt(follow, path),
      () => data.setTimesAt(follow, path, { tag: 'now' }, { tag: 'now' }),
      () => data.linkAt(follow, path, data, 'x'),
    ].map(payloadOf);
    expect(new Set(failures)).toEqual(new Set(['not-permitted']));
    expect(refusals.map((refusal) => refusal.function.replace('[method]descriptor.', ''))).toEqual([
      'open-at',
      'stat-at',
      'metadata-hash-at',
      'set-times-at',
      'link-at',
    ]);
    expect(readFileSync(join(host, 'outside/secret'), 'utf8')).toBe('secret');
  });

  it('are reported with the path and the flag that would grant it', () => {
    const { data, refusals } = filesOfWasi2(boxed().box);
    expect(payloadOf(() => open(data, '/etc/passwd'))).toBe('not-permitted');
    expect(refusals).toEqual([
      {
        interface: 'wasi:filesystem/types@0.2.12',
        function: '[method]descriptor.open-at',
        asked: '/etc/passwd',
        reason: 'no directory grants it',
        flags: ['--dir /etc::/etc'],
      },
    ]);
  });
});
