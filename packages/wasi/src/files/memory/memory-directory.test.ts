import { describe, expect, it } from 'vitest';
import { checkMemoryIsLikeDisk } from '../../fixtures/file-law.ts';
import { openFile, opening, outcomeOf, readText, writeText } from '../../fixtures/file-operations.ts';
import type { DirectoryDescriptor } from '../descriptor.ts';
import type { OpenDirectory } from '../node.ts';
import { grantedDirectory } from '../sandbox/granted-directory.ts';
import { OpenDescriptors } from '../sandbox/open-descriptors.ts';
import { type FileTree, readTree, SymbolicLink } from './file-tree.ts';
import { memoryDirectory } from './open-memory-directory.ts';

function granted(host: OpenDirectory): DirectoryDescriptor {
  return grantedDirectory(host, { guest: '/', host: undefined, write: true }, new OpenDescriptors(1000));
}

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);

describe('a directory in memory', () => {
  it('does what a directory on a disk does, in random programs', { timeout: 60_000 }, () => {
    checkMemoryIsLikeDisk(50);
  });

  it('gives back what was put into it, and what a program wrote', () => {
    const host = memoryDirectory({
      'a.txt': 'text',
      sub: { raw: Uint8Array.of(1, 2) },
      link: new SymbolicLink('sub'),
    });
    const directory = granted(host);
    expect(readText(directory, 'a.txt')).toBe('text');
    writeText(directory, 'link/new', 'written');
    directory.linkAt('link/new', true, directory, 'same');
    const tree = readTree(host);
    expect(tree).toEqual({
      'a.txt': new TextEncoder().encode('text'),
      sub: { raw: Uint8Array.of(1, 2), new: new TextEncoder().encode('written') },
      link: new SymbolicLink('sub'),
      same: new TextEncoder().encode('written'),
    });
  });

  it('takes every name for a name only', () => {
    const host = memoryDirectory();
    const directory = granted(host);
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(outcomeOf(() => directory.statAt(name, true))).toBe('no-entry');
      writeText(directory, name, name);
    }
    const tree = readTree(host);
    expect(Object.keys(tree)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(tree)).toBe(null);
    expect(readText(granted(memoryDirectory(tree)), '__proto__')).toBe('__proto__');
  });

  it.each<[string, FileTree]>([
    ['a/b', { 'a/b': '' }],
    ['..', { '..': '' }],
    ['', { '': '' }],
    ['a NUL', { 'a\0': '' }],
    ['a name that is too long', { ['n'.repeat(256)]: '' }],
    ['another type', { a: 1 as never }],
  ])('cannot be made of %s', (_, tree) => {
    expect(() => memoryDirectory(tree)).toThrow(TypeError);
  });

  it('is a device of its own', () => {
    const [one, other] = [memoryDirectory({ a: '' }), memoryDirectory()];
    expect(one.stat().device).not.toBe(other.stat().device);
    expect(outcomeOf(() => granted(one).renameAt('a', granted(other), 'a'))).toBe('cross-device');
    expect(outcomeOf(() => granted(one).linkAt('a', false, granted(other), 'a'))).toBe('cross-device');
  });

  it('takes times from the clock that it is given', () => {
    let now = 10n;
    const directory = granted(memoryDirectory({ a: '' }, { now: () => now }));
    now = 20n;
    writeText(directory, 'a', 'changed');
    expect(directory.statAt('a', false)).toMatchObject({ accessed: 10n, modified: 20n, changed: 20n });
    expect(directory.stat()).toMatchObject({ modified: 10n });
    directory.unlinkFileAt('a');
    expect(directory.stat()).toMatchObject({ modified: 20n });
  });
});

describe('the limits of a directory in memory', () => {
  it('hold for the bytes of all files, and a write takes what fits', () => {
    const directory = granted(memoryDirectory({}, { bytes: 100 }));
    const file = openFile(directory, 'a', { create: true, write: true });
    expect(file.write(bytes(60), 0)).toBe(60);
    expect(file.write(bytes(60), 60)).toBe(40);
    expect(outcomeOf(() => file.append(bytes(1)))).toBe('insufficient-space');
    expect(outcomeOf(() => file.setSize(101))).toBe('insufficient-space');
    expect(outcomeOf(() => file.write(bytes(1), 2 ** 50))).toBe('insufficient-space');
    expect(outcomeOf(() => directory.symlinkAt('a', 'link'))).toBe('insufficient-space');
    expect(file.write(bytes(100), 0)).toBe(100);
    file.setSize(50);
    expect(outcomeOf(() => directory.symlinkAt('a'.repeat(50), 'link'))).toBe('fine');
    expect(outcomeOf(() => file.append(bytes(1)))).toBe('insufficient-space');
  });

  it('count a file as long as it is open or has a name', () => {
    const directory = granted(memoryDirectory({}, { bytes: 100 }));
    const file = openFile(directory, 'a', { create: true, write: true });
    file.write(bytes(100), 0);
    directory.linkAt('a', false, directory, 'b');
    directory.unlinkFileAt('a');
    directory.unlinkFileAt('b');
    const other = openFile(directory, 'c', { create: true, write: true });
    expect(outcomeOf(() => other.write(bytes(1), 0))).toBe('insufficient-space');
    expect(file.read(bytes(100), 0)).toBe(100);
    file.close();
    expect(other.write(bytes(100), 0)).toBe(100);
  });

  it('hold for names, also of hard links and directories', () => {
    const directory = granted(memoryDirectory({ a: '' }, { names: 3 }));
    directory.linkAt('a', false, directory, 'b');
    directory.makeDirectoryAt('c');
    for (const action of [
      () => directory.openAt('d', opening({ create: true })),
      () => directory.makeDirectoryAt('d'),
      () => directory.symlinkAt('a', 'd'),
      () => directory.linkAt('a', false, directory, 'c/d'),
    ]) {
      expect(outcomeOf(action)).toBe('insufficient-space');
    }
    directory.renameAt('a', directory, 'c/d');
    expect(outcomeOf(() => directory.makeDirectoryAt('e'))).toBe('insufficient-space');
    directory.unlinkFileAt('b');
    expect(outcomeOf(() => directory.makeDirectoryAt('e'))).toBe('fine');
  });

  it('refuse a tree that exceeds them', () => {
    expect(outcomeOf(() => memoryDirectory({ a: 'four' }, { bytes: 3 }))).toBe('insufficient-space');
    expect(outcomeOf(() => memoryDirectory({ a: '', b: '' }, { names: 1 }))).toBe('insufficient-space');
  });

  it('bound what is read back: a file with many names is read once', () => {
    const host = memoryDirectory({ a: bytes(1000) });
    const directory = granted(host);
    for (let i = 0; i < 100; i++) directory.linkAt('a', false, directory, `a${i}`);
    const tree = readTree(host);
    expect(new Set(Object.values(tree)).size).toBe(1);
  });

  it('let directories be as deep as there are names', () => {
    const host = memoryDirectory({}, { names: 20_000 });
    let directory = host;
    for (let i = 0; i < 20_000; i++) {
      directory.makeDirectory('d');
      directory = directory.openDirectory('d');
    }
    let tree = readTree(host);
    let depth = 0;
    for (; tree['d'] !== undefined; depth++) tree = tree['d'] as typeof tree;
    expect(depth).toBe(20_000);
  });
});
