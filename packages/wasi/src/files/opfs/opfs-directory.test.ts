import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, asyncProperty } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFile, outcomeOf, readText, writeText } from '../../fixtures/file-operations.ts';
import { fileStep, type Opened, outcomeOfStep } from '../../fixtures/file-steps.ts';
import { folderHandle } from '../../fixtures/folder-handles.ts';
import { hostFolders } from '../../fixtures/host-folders.ts';
import { memoryDirectory, type OpenDirectory, opfsDirectory, readTree, writeTree } from '../../index.ts';
import type { DirectoryDescriptor } from '../descriptor.ts';
import { openNodeDirectory } from '../node/open-node-directory.ts';
import { grantedDirectory } from '../sandbox/granted-directory.ts';
import { OpenDescriptors } from '../sandbox/open-descriptors.ts';

const newFolder = hostFolders();

function granted(host: OpenDirectory): DirectoryDescriptor {
  return grantedDirectory(host, { guest: '/', host: undefined, write: true }, new OpenDescriptors(1000));
}

const treeOf = (folder: string) => readTree(openNodeDirectory(folder));

describe('a directory of the browser', () => {
  it('is read into memory, and written back when it is saved', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'inner/a.txt'), 'text');
    utimesSync(join(folder, 'inner/a.txt'), 5, 6);
    const host = await opfsDirectory(folderHandle(folder));
    const directory = granted(host);
    expect(readText(directory, 'inner/a.txt')).toBe('text');
    expect(directory.statAt('inner/a.txt', false).modified).toBe(6_000_000_000n);
    writeText(directory, 'inner/b.txt', 'new');
    expect(readdirSync(join(folder, 'inner'))).toEqual(['a.txt']);
    await host.save();
    expect(readFileSync(join(folder, 'inner/b.txt'), 'utf8')).toBe('new');
    const again = granted(await opfsDirectory(folderHandle(folder)));
    expect(readText(again, 'inner/b.txt')).toBe('new');
  });

  it('has what programs have made of it after each time that it is saved', { timeout: 60_000 }, async () => {
    await assert(
      asyncProperty(
        array(array(fileStep, { minLength: 1, maxLength: 30 }), { maxLength: 3 }),
        async (rounds) => {
          const folder = newFolder();
          writeTree(openNodeDirectory(folder), { a: { b: 'inner', c: {} }, b: 'outer' });
          const host = await opfsDirectory(folderHandle(folder));
          const opened: Opened = { directories: [granted(host)], files: [] };
          for (const steps of rounds) {
            for (const step of steps) outcomeOfStep(step, opened);
            await host.save();
            expect(treeOf(folder)).toEqual(readTree(host));
            expect(readTree(await opfsDirectory(folderHandle(folder)))).toEqual(readTree(host));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('writes only what has changed, and each change once', async () => {
    const folder = newFolder();
    writeTree(openNodeDirectory(folder), { a: '1', b: { c: '2' }, d: '3' });
    const changes: string[] = [];
    const host = await opfsDirectory(folderHandle(folder, (...change) => changes.push(change.join(' '))));
    const directory = granted(host);
    writeText(directory, 'b/c', 'new');
    directory.unlinkFileAt('d');
    await Promise.all([host.save(), host.save()]);
    expect(changes).toEqual(['write c', 'remove d']);
    directory.renameAt('a', directory, 'e');
    await host.save();
    expect(changes.slice(2)).toEqual(['write e', 'remove a']);
    expect(treeOf(folder)).toEqual(readTree(host));
  });

  it('takes what a program writes while it is saved next time', async () => {
    const folder = newFolder();
    const host = await opfsDirectory(folderHandle(folder));
    const directory = granted(host);
    const file = openFile(directory, 'a', { create: true, write: true });
    file.write(Uint8Array.of(1), 0);
    const saving = host.save();
    for (let i = 0; i < 20; i++) {
      file.append(Uint8Array.of(i));
      await Promise.resolve();
    }
    await saving;
    expect(statSync(join(folder, 'a')).size).toBeLessThanOrEqual(21);
    await host.save();
    expect(treeOf(folder)).toEqual(readTree(host));
  });

  it('reports the first entry that cannot be written, writes the others, and tries again next time', async () => {
    const folder = newFolder();
    let isFull = true;
    const host = await opfsDirectory(
      folderHandle(folder, (_, name) => {
        if (name === 'b' && isFull) throw new DOMException('no space', 'QuotaExceededError');
      }),
    );
    const directory = granted(host);
    directory.makeDirectoryAt('in');
    for (const name of ['a', 'in/b', 'c']) writeText(directory, name, name);
    await expect(host.save()).rejects.toMatchObject({
      name: 'FileError',
      code: 'quota',
      message: 'cannot write "in/b": no space',
    });
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'c', 'in']);
    isFull = false;
    await host.save();
    expect(treeOf(folder)).toEqual(readTree(host));
  });

  it('says when a directory that it has was removed meanwhile', async () => {
    const folder = newFolder();
    writeTree(openNodeDirectory(folder), { in: { a: '' } });
    const host = await opfsDirectory(folderHandle(folder));
    rmSync(join(folder, 'in'), { recursive: true });
    granted(host).unlinkFileAt('in/a');
    await host.save();
    writeText(granted(host), 'in/b', 'text');
    await expect(host.save()).rejects.toMatchObject({ code: 'no-entry' });
  });

  it('has no links and no names that browsers refuse', async () => {
    const host = await opfsDirectory(folderHandle(newFolder()));
    const directory = granted(host);
    writeText(directory, 'a', '');
    expect(outcomeOf(() => directory.symlinkAt('a', 'link'))).toBe('unsupported');
    expect(outcomeOf(() => directory.linkAt('a', false, directory, 'link'))).toBe('unsupported');
    for (const action of [
      () => writeText(directory, 'a\\b', ''),
      () => directory.makeDirectoryAt('..\\..\\a'),
      () => directory.renameAt('a', directory, 'a\\b'),
    ])
      expect(outcomeOf(action)).toBe('invalid');
    expect(directory.entries().map(({ name }) => name)).toEqual(['a']);
    expect(outcomeOf(() => writeText(directory, '../a', ''))).toBe('not-permitted');
    expect(outcomeOf(() => directory.renameAt('a', granted(memoryDirectory()), 'a'))).toBe('cross-device');
    writeText(directory, '__proto__', 'name');
    await host.save();
    expect(readText(directory, '__proto__')).toBe('name');
  });

  it('is refused when it exceeds the limits, and programs cannot exceed them', async () => {
    const folder = newFolder();
    writeTree(openNodeDirectory(folder), { in: { a: '1234' } });
    await expect(opfsDirectory(folderHandle(folder), { bytes: 3 })).rejects.toMatchObject({
      code: 'insufficient-space',
      message: 'cannot read "in/a": only 3 bytes are left',
    });
    await expect(opfsDirectory(folderHandle(folder), { names: 1 })).rejects.toMatchObject({
      code: 'insufficient-space',
      message: 'cannot read "in/a": the limit is 1 names',
    });
    const directory = granted(await opfsDirectory(folderHandle(folder), { bytes: 5, names: 3 }));
    writeText(directory, 'b', '5');
    expect(outcomeOf(() => writeText(directory, 'b', '56'))).toBe('fine');
    expect(readText(directory, 'b')).toBe('5');
    expect(outcomeOf(() => writeText(directory, 'c', ''))).toBe('insufficient-space');
  });
});
