import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  fileErrorFrom,
  openDirectory,
  openFile,
  opening,
  outcomeOf,
  readText,
  writeText,
} from '../../fixtures/file-operations.ts';
import { hostFolders } from '../../fixtures/host-folders.ts';
import type { DirectoryDescriptor } from '../descriptor.ts';
import { openNodeDirectory } from '../node/open-node-directory.ts';
import { grantedDirectory } from './granted-directory.ts';
import { OpenDescriptors } from './open-descriptors.ts';
import { refusingRoot } from './refusing-root.ts';

const newFolder = hostFolders();

const used: OpenDescriptors[] = [];
afterEach(() => {
  for (const descriptors of used.splice(0)) descriptors.closeAll();
});

function granted(host: string, write: boolean, descriptors = new OpenDescriptors(100)): DirectoryDescriptor {
  used.push(descriptors);
  return grantedDirectory(openNodeDirectory(host), { guest: '/data', host, write }, descriptors);
}

/** A folder with a file, a folder with another, and links. */
function exampleFolder(): string {
  const host = newFolder();
  mkdirSync(join(host, 'inner'));
  writeFileSync(join(host, 'a.txt'), 'alpha');
  writeFileSync(join(host, 'inner/b.txt'), 'beta');
  symlinkSync('inner/b.txt', join(host, 'to-b'));
  symlinkSync('../a.txt', join(host, 'inner/to-a'));
  symlinkSync('inner', join(host, 'to-inner'));
  return host;
}

describe('paths below a granted directory', () => {
  it.each([
    ['a.txt', 'alpha'],
    ['./inner/.././a.txt', 'alpha'],
    ['inner//b.txt', 'beta'],
    ['to-b', 'beta'],
    ['to-inner/b.txt', 'beta'],
    ['to-inner/to-a', 'alpha'],
    ['to-inner/../a.txt', 'alpha'],
  ])('lead %s to what the host has there', (path, text) => {
    expect(readText(granted(exampleFolder(), false), path)).toBe(text);
  });

  it.each([
    ['a.txt/', 'not-directory'],
    ['a.txt/.', 'not-directory'],
    ['a.txt/x', 'not-directory'],
    ['missing', 'no-entry'],
    ['missing/../a.txt', 'no-entry'],
    ['', 'no-entry'],
    ['a\0b', 'invalid'],
    ['a\ud800', 'illegal-byte-sequence'],
    ['n'.repeat(256), 'name-too-long'],
    ['ü'.repeat(128), 'name-too-long'],
    [`inner/${'n'.repeat(256)}/x`, 'name-too-long'],
    ['./'.repeat(2049), 'name-too-long'],
    ['..', 'not-permitted'],
    ['inner/../../data/a.txt', 'not-permitted'],
    ['/a.txt', 'not-permitted'],
  ])('fail for %j with %s', (path, code) => {
    const directory = granted(exampleFolder(), true);
    expect(outcomeOf(() => directory.openAt(path, opening()))).toBe(code);
    expect(outcomeOf(() => directory.statAt(path, true))).toBe(code);
    expect(outcomeOf(() => directory.setTimesAt(path, true, { accessed: 1n, modified: 1n }))).toBe(code);
  });

  it('expand at most 40 links', () => {
    const host = newFolder();
    writeFileSync(join(host, 'link0'), 'end');
    for (let i = 1; i <= 41; i++) symlinkSync(`link${i - 1}`, join(host, `link${i}`));
    expect(readText(granted(host, false), 'link40')).toBe('end');
    expect(outcomeOf(() => granted(host, false).statAt('link41', true))).toBe('loop');
  });

  it('do not follow a link at their end without the flag', () => {
    const directory = granted(exampleFolder(), false);
    expect(outcomeOf(() => directory.openAt('to-b', opening({ follow: false })))).toBe('loop');
    expect(directory.statAt('to-b', false).type).toBe('symbolic-link');
    expect(directory.readLinkAt('to-b')).toBe('inner/b.txt');
  });

  it('name a directory when they end with a slash', () => {
    const directory = granted(exampleFolder(), true);
    expect(directory.statAt('to-inner/', false).type).toBe('directory');
    expect(outcomeOf(() => directory.unlinkFileAt('a.txt/'))).toBe('not-directory');
    expect(outcomeOf(() => directory.unlinkFileAt('to-inner/'))).toBe('not-directory');
    expect(outcomeOf(() => directory.unlinkFileAt('inner/'))).toBe('is-directory');
    expect(outcomeOf(() => directory.removeDirectoryAt('to-inner/'))).toBe('not-directory');
    expect(outcomeOf(() => directory.renameAt('a.txt/', directory, 'c'))).toBe('not-directory');
    expect(outcomeOf(() => directory.renameAt('a.txt', directory, 'c/'))).toBe('not-directory');
    expect(outcomeOf(() => directory.symlinkAt('a.txt', 'c/'))).toBe('no-entry');
    expect(outcomeOf(() => directory.makeDirectoryAt('made/'))).toBe('fine');
    expect(outcomeOf(() => directory.renameAt('made/', directory, 'moved/'))).toBe('fine');
    expect(outcomeOf(() => directory.removeDirectoryAt('moved/'))).toBe('fine');
  });
});

describe('a granted directory', () => {
  it('changes what the host has', () => {
    const host = exampleFolder();
    const directory = granted(host, true);
    writeText(directory, 'inner/new.txt', 'new');
    expect(readFileSync(join(host, 'inner/new.txt'), 'utf8')).toBe('new');
    const file = openFile(directory, 'inner/new.txt', { write: true });
    file.append(new TextEncoder().encode('er'));
    file.setSize(4);
    expect(file.stat().size).toBe(4n);
    file.close();
    directory.renameAt('inner/new.txt', directory, 'moved.txt');
    directory.linkAt('moved.txt', false, directory, 'inner/second.txt');
    expect(readText(directory, 'inner/second.txt')).toBe('newe');
    expect(directory.statAt('moved.txt', false).links).toBe(2n);
    directory.unlinkFileAt('moved.txt');
    expect(directory.entries().map(({ name }) => name)).not.toContain('moved.txt');
  });

  it('lists its entries with types, and inodes if they are asked for', () => {
    const directory = granted(exampleFolder(), false);
    const entries = directory.entries(true).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(entries.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'a.txt: regular-file',
      'inner: directory',
      'to-b: symbolic-link',
      'to-inner: symbolic-link',
    ]);
    for (const { name, inode } of entries) expect(inode).toBe(directory.statAt(name, false).inode);
    expect(directory.entries().every(({ inode }) => inode === 0n)).toBe(true);
  });

  it('leaves out names that are not Unicode', () => {
    const host = newFolder();
    writeFileSync(Buffer.concat([Buffer.from(`${host}/bad-`), Buffer.of(0xff)]), '');
    writeFileSync(join(host, 'good-\ufffd'), '');
    expect(
      granted(host, false)
        .entries()
        .map(({ name }) => name),
    ).toEqual(['good-\ufffd']);
  });

  it('sets times, to the microsecond, and leaves the time that is not named', () => {
    const host = exampleFolder();
    const directory = granted(host, true);
    const modified = 1_700_000_000_123_456_000n;
    directory.setTimesAt('a.txt', true, { accessed: -86_400_000_000_000n, modified });
    directory.setTimesAt('to-b', false, { accessed: undefined, modified: 5_000_000_000n });
    const { accessed, modified: read } = directory.statAt('a.txt', true);
    expect(accessed).toBe(-86_400_000_000_000n);
    expect(read / 1000n).toBe(modified / 1000n);
    expect(directory.statAt('to-b', false).modified).toBe(5_000_000_000n);
    expect(directory.statAt('to-b', true).modified).not.toBe(5_000_000_000n);
    const file = openFile(directory, 'a.txt');
    file.setTimes({ accessed: 7_000_000_000n, modified: undefined });
    expect(statSync(join(host, 'a.txt')).atimeMs).toBe(7000);
    expect(file.stat().modified / 1000n).toBe(modified / 1000n);
    directory.setTimes({ accessed: undefined, modified: 9_000_000_000n });
    expect(directory.stat().modified).toBe(9_000_000_000n);
  });

  it('reports what was asked for outside of it, and the flag that would grant it', () => {
    const directory = granted(exampleFolder(), true);
    const inner = openDirectory(directory, 'inner');
    expect(fileErrorFrom(() => inner.openAt('../../etc/passwd', opening())).refusal).toEqual({
      asked: '/etc/passwd',
      reason: 'a `..` on its way leads out of the directory that is granted',
      flags: [],
    });
    expect(fileErrorFrom(() => inner.openAt('/etc/passwd', opening())).refusal).toEqual({
      asked: '/etc/passwd',
      reason: 'no directory grants it',
      flags: ['--dir /etc::/etc'],
    });
    expect(fileErrorFrom(() => directory.statAt("/$(rm -r x)/it's/f", true)).refusal?.flags).toEqual([
      String.raw`--dir '/$(rm -r x)/it'\''s::/$(rm -r x)/it'\''s'`,
    ]);
    expect(fileErrorFrom(() => directory.statAt('/a\u001b[2J/f', true)).refusal?.flags).toEqual([]);
    expect(fileErrorFrom(() => directory.statAt('..', true)).refusal?.flags).toEqual([]);
  });

  it('reports a link that leads out of it', () => {
    const host = exampleFolder();
    symlinkSync('/etc/passwd', join(host, 'absolute'));
    symlinkSync('../..', join(host, 'inner/above'));
    const directory = granted(host, true);
    for (const path of ['absolute', 'inner/above', 'inner/above/x']) {
      const error = fileErrorFrom(() => directory.statAt(path, true));
      expect(error.code).toBe('not-permitted');
      expect(error.refusal).toMatchObject({ asked: `/data/${path}`, flags: [] });
    }
    expect(outcomeOf(() => directory.readLinkAt('absolute'))).toBe('not-permitted');
  });

  it('does not wait for the other end of a FIFO', () => {
    const host = newFolder();
    execFileSync('mkfifo', [join(host, 'fifo')]);
    const directory = granted(host, true);
    const reader = openFile(directory, 'fifo');
    expect(reader.stat().type).toBe('fifo');
    expect(outcomeOf(() => reader.read(new Uint8Array(1), 0))).toBe('invalid-seek');
    reader.close();
    expect(outcomeOf(() => directory.openAt('fifo', opening({ write: true, read: false })))).toBe(
      'no-such-device',
    );
  });

  it('stays the same directory when the host moves it and puts a link in its place', () => {
    const host = exampleFolder();
    const directory = granted(host, true);
    const inner = openDirectory(directory, 'inner', { mutate: true });
    renameSync(join(host, 'inner'), join(host, 'elsewhere'));
    symlinkSync('/etc', join(host, 'inner'));
    writeText(inner, 'c.txt', 'gamma');
    expect(readFileSync(join(host, 'elsewhere/c.txt'), 'utf8')).toBe('gamma');
    expect(outcomeOf(() => inner.statAt('../a.txt', true))).toBe('not-permitted');
  });

  it('fails with bad-descriptor once it is closed, and so do its files', () => {
    const directory = granted(exampleFolder(), true);
    const file = openFile(directory, 'a.txt');
    directory.close();
    expect(outcomeOf(() => directory.stat())).toBe('bad-descriptor');
    expect(outcomeOf(() => directory.openAt('a.txt', opening()))).toBe('bad-descriptor');
    expect(file.read(new Uint8Array(5), 0)).toBe(5);
    file.close();
    file.close();
    expect(outcomeOf(() => file.read(new Uint8Array(5), 0))).toBe('bad-descriptor');
  });

  it('has a limit of open descriptors, and closes all of them together', () => {
    const descriptors = new OpenDescriptors(3);
    const directory = granted(exampleFolder(), true, descriptors);
    const file = openFile(directory, 'a.txt');
    const inner = openDirectory(directory, 'inner');
    expect(outcomeOf(() => directory.openAt('a.txt', opening()))).toBe('too-many-open-files');
    file.close();
    expect(outcomeOf(() => directory.openAt('a.txt', opening()))).toBe('fine');
    descriptors.closeAll();
    expect(descriptors.count).toBe(0);
    expect(outcomeOf(() => inner.stat())).toBe('bad-descriptor');
  });
});

describe('a directory granted for reading only', () => {
  const write = { write: true } as const;

  it.each<[string, (directory: DirectoryDescriptor) => unknown]>([
    ['create', (directory) => directory.openAt('new', opening({ create: true }))],
    ['truncate', (directory) => directory.openAt('a.txt', opening({ truncate: true }))],
    ['write', (directory) => directory.openAt('a.txt', opening(write))],
    ['write through a link', (directory) => directory.openAt('to-b', opening(write))],
    ['mutate', (directory) => directory.openAt('inner', opening({ directory: true, mutate: true }))],
    ['set times', (directory) => directory.setTimesAt('a.txt', true, { accessed: 1n, modified: 1n })],
    ['set its times', (directory) => directory.setTimes({ accessed: 1n, modified: 1n })],
    [
      'set times of a file',
      (directory) => openFile(directory, 'a.txt').setTimes({ accessed: 1n, modified: 1n }),
    ],
    ['make a directory', (directory) => directory.makeDirectoryAt('new')],
    ['remove a directory', (directory) => directory.removeDirectoryAt('inner')],
    ['unlink', (directory) => directory.unlinkFileAt('a.txt')],
    ['make a link', (directory) => directory.symlinkAt('a.txt', 'new')],
    ['rename', (directory) => directory.renameAt('a.txt', directory, 'new')],
    ['make a hard link', (directory) => directory.linkAt('a.txt', false, directory, 'new')],
    [
      'create further in',
      (directory) => openDirectory(directory, 'inner').openAt('c', opening({ create: true })),
    ],
  ])('refuses to %s with read-only', (_, action) => {
    const host = exampleFolder();
    const error = fileErrorFrom(() => action(granted(host, false)));
    expect(error.code).toBe('read-only');
    expect(error.refusal).toMatchObject({
      reason: '`/data` is granted for reading only',
      flags: [`--dir ${host}::/data`],
    });
  });

  it('gives no name of its files to a directory that may be changed, and takes none', () => {
    const [readable, writable] = [exampleFolder(), exampleFolder()];
    const [from, to] = [granted(readable, false), granted(writable, true)];
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      expect(outcomeOf(() => one.renameAt('a.txt', other, 'new'))).toBe('read-only');
      expect(outcomeOf(() => one.linkAt('a.txt', false, other, 'new'))).toBe('read-only');
    }
  });
});

describe('rights that a program gives up', () => {
  it('are reported for a directory, in which the program makes all the changes that it is granted', () => {
    const host = exampleFolder();
    const directory = openDirectory(granted(host, true), 'inner');
    expect(directory.mayMutate).toBe(false);
    writeText(directory, 'new.txt', 'new');
    directory.unlinkFileAt('b.txt');
    directory.makeDirectoryAt('deeper');
    expect(openDirectory(directory, 'deeper', { mutate: true }).mayMutate).toBe(true);
    expect(readdirSync(join(host, 'inner'))).not.toContain('b.txt');
    expect(readFileSync(join(host, 'inner/new.txt'), 'utf8')).toBe('new');
  });

  it('keep a file from being read or written', () => {
    const directory = granted(exampleFolder(), true);
    const bytes = new Uint8Array(1);
    expect(outcomeOf(() => openFile(directory, 'a.txt').write(bytes, 0))).toBe('bad-descriptor');
    expect(outcomeOf(() => openFile(directory, 'a.txt').setSize(0))).toBe('bad-descriptor');
    expect(outcomeOf(() => openFile(directory, 'a.txt').append(bytes))).toBe('bad-descriptor');
    const writeOnly = openFile(directory, 'a.txt', { read: false, write: true });
    expect(outcomeOf(() => writeOnly.read(bytes, 0))).toBe('bad-descriptor');
  });
});

describe('hard links', () => {
  it('that the host made show the same node', () => {
    const host = exampleFolder();
    linkSync(join(host, 'a.txt'), join(host, 'inner/same'));
    const directory = granted(host, false);
    expect(directory.statAt('a.txt', false)).toEqual(directory.statAt('inner/same', false));
  });
});

describe('refusingRoot', () => {
  it('refuses everything, and names what was asked for', () => {
    const root = refusingRoot();
    expect(fileErrorFrom(() => root.openAt('etc/passwd', opening())).refusal).toEqual({
      asked: '/etc/passwd',
      reason: 'no directory grants it',
      flags: ['--dir /etc::/etc'],
    });
    const directory = granted(exampleFolder(), true);
    expect(outcomeOf(() => root.stat())).toBe('not-permitted');
    expect(outcomeOf(() => root.entries())).toBe('not-permitted');
    expect(fileErrorFrom(() => directory.renameAt('a.txt', root, 'tmp/a.txt')).refusal?.asked).toBe(
      '/tmp/a.txt',
    );
    expect(outcomeOf(() => directory.linkAt('a.txt', false, root, 'tmp/a.txt'))).toBe('not-permitted');
  });
});
