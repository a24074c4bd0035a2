import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import {
  fileErrorFrom,
  openDirectory,
  openFile,
  opening,
  outcomeOf,
  readText,
  writeText,
} from '../fixtures/file-operations.ts';
import { hostFolders } from '../fixtures/host-folders.ts';
import type { DirectoryDescriptor } from './descriptor.ts';
import { CheckedDirectory } from './node/checked-directory.ts';
import { openNodeDirectory } from './node/open-node-directory.ts';
import { grantedDirectory } from './sandbox/granted-directory.ts';
import { OpenDescriptors } from './sandbox/open-descriptors.ts';

const newFolder = hostFolders();
const used: OpenDescriptors[] = [];
afterEach(() => {
  for (const descriptors of used.splice(0)) descriptors.closeAll();
});

/** A folder with a file outside and a folder `box`, which has a file and a folder. */
function hostWithBox(): { readonly host: string; readonly box: string } {
  const host = newFolder();
  const box = join(host, 'box');
  mkdirSync(join(box, 'inner'), { recursive: true });
  mkdirSync(join(host, 'outside'));
  writeFileSync(join(host, 'outside/secret.txt'), 'secret');
  writeFileSync(join(box, 'file.txt'), 'inside');
  writeFileSync(join(box, 'inner/file.txt'), 'further inside');
  return { host, box };
}

type Open = (path: string) => ReturnType<typeof openNodeDirectory>;

function grant(path: string, write: boolean, open: Open = openNodeDirectory): DirectoryDescriptor {
  const descriptors = new OpenDescriptors(100);
  used.push(descriptors);
  return grantedDirectory(open(path), { guest: '/box', host: path, write }, descriptors);
}

const checked: Open = (path) => CheckedDirectory.open(path, false);

describe('what the host moves while a program holds it', () => {
  it('does not let the program out when an open directory is moved out of its box', () => {
    const { host, box } = hostWithBox();
    const inner = openDirectory(grant(box, true), 'inner');
    renameSync(join(box, 'inner'), join(host, 'outside/inner'));
    expect(readText(inner, 'file.txt')).toBe('further inside');
    expect(outcomeOf(() => inner.openAt('../secret.txt', opening()))).toBe('not-permitted');
  });

  it('is not found again by a directory that is checked', () => {
    const { host, box } = hostWithBox();
    const inner = openDirectory(grant(box, true, checked), 'inner');
    renameSync(join(box, 'inner'), join(host, 'outside/inner'));
    expect(outcomeOf(() => inner.statAt('file.txt', true))).toBe('no-entry');
    mkdirSync(join(box, 'inner'));
    expect(outcomeOf(() => inner.statAt('file.txt', true))).toBe('no-entry');
    expect(outcomeOf(() => inner.entries())).toBe('no-entry');
  });

  it.each<[string, Open, string]>([
    ['is still the same box', openNodeDirectory, 'inside'],
    ['is refused by a directory that is checked', checked, 'no-entry'],
  ])('%s when another directory or a link takes its place', (_, open, expected) => {
    const { host, box } = hostWithBox();
    const directory = grant(box, true, open);
    const found = (): string => {
      const outcome = outcomeOf(() => directory.statAt('secret.txt', true));
      if (outcome !== 'no-entry') return `secret.txt: ${outcome}`;
      const listed = outcomeOf(() => directory.entries());
      return listed === 'fine' ? readText(directory, 'file.txt') : listed;
    };
    renameSync(box, join(host, 'moved'));
    symlinkSync('outside', box);
    expect(found()).toBe(expected);
    rmSync(box);
    renameSync(join(host, 'outside'), box);
    expect(found()).toBe(expected);
  });
});

describe('a second process that exchanges a folder for a link', { timeout: 60_000 }, () => {
  let swapper: ChildProcess | undefined;
  afterEach(() => swapper?.kill());

  it('never gets a program out of its directory', async () => {
    const { host, box } = hostWithBox();
    mkdirSync(join(box, 'swapped'));
    writeFileSync(join(box, 'swapped/secret.txt'), 'harmless');
    symlinkSync('../outside', join(box, 'link'));
    const script = fileURLToPath(new URL('../fixtures/escapes/swap-folders.ts', import.meta.url));
    swapper = spawn(process.execPath, [script, box], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(swapper.stdout!, 'data');
    const directory = grant(box, true);
    const seen = new Map<string, number>();
    const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
    for (let round = 0; round < 2000 || (seen.size < 4 && round < 200_000); round++) {
      try {
        count(readText(directory, 'swapped/secret.txt'));
      } catch (error) {
        count(
          `read: ${
            fileErrorFrom(() => {
              throw error;
            }).code
          }`,
        );
      }
      count(`write: ${outcomeOf(() => writeText(directory, 'swapped/new.txt', 'new'))}`);
    }
    expect(readFileSync(join(host, 'outside/secret.txt'), 'utf8')).toBe('secret');
    expect(readdirSync(join(host, 'outside'))).toEqual(['secret.txt']);
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(['harmless', 'read: not-permitted', 'write: fine']),
    );
    const possible = new Set([
      'harmless',
      'write: fine',
      ...['read', 'write'].flatMap((name) =>
        // `invalid` when a link is gone at the moment when its target is read.
        ['not-permitted', 'no-entry', 'not-directory', 'invalid'].map((code) => `${name}: ${code}`),
      ),
    ]);
    expect([...seen.keys()].filter((key) => !possible.has(key))).toEqual([]);
  });
});

describe('nodes that are not files', () => {
  it.each<[string, Open]>([
    ['directory', openNodeDirectory],
    ['checked directory', checked],
  ])('do not make a %s wait, and give no way out', async (_, open) => {
    const { box } = hostWithBox();
    execFileSync('mkfifo', [join(box, 'fifo')]);
    const server = createServer().listen(join(box, 'socket'));
    await once(server, 'listening');
    try {
      const directory = grant(box, true, open);
      expect(openFile(directory, 'fifo').stat().type).toBe('fifo');
      expect(outcomeOf(() => directory.openAt('socket', opening()))).toBe('no-such-device');
      expect(directory.statAt('socket', true).type).toBe('socket');
      expect(outcomeOf(() => directory.openAt('fifo/..', opening()))).toBe('not-directory');
    } finally {
      server.close();
    }
  });

  it('include devices that the host put there', () => {
    const directory = grant('/dev', false);
    const device = openFile(directory, 'zero');
    expect(device.stat().type).toBe('character-device');
    expect(device.read(new Uint8Array(4).fill(1), 0)).toBe(4);
    // A symbolic link to `/proc/self/fd/0`, or to a device elsewhere.
    expect(outcomeOf(() => directory.openAt('stdin', opening()))).toBe('not-permitted');
    expect(outcomeOf(() => directory.openAt('fd/0', opening()))).toBe('not-permitted');
  });

  it('include the magic links of /proc, which are followed as the paths that they say', () => {
    const directory = grant('/proc', false);
    for (const path of ['self/root', 'self/root/etc/passwd', 'self/cwd', 'self/exe']) {
      expect(
        outcomeOf(() => directory.openAt(path, opening())),
        path,
      ).toBe('not-permitted');
      expect(
        outcomeOf(() => directory.statAt(path, true)),
        path,
      ).toBe('not-permitted');
    }
    expect(outcomeOf(() => directory.openAt('self/status', opening()))).toBe('fine');
  });
});

describe('several directories of one program', () => {
  it('do not add up: no file gets from one for reading to one for writing', () => {
    const [one, other] = [hostWithBox(), hostWithBox()];
    symlinkSync('../outside/secret.txt', join(other.box, 'secret'));
    const [readable, writable] = [grant(one.box, false), grant(other.box, true)];
    expect(outcomeOf(() => readable.linkAt('file.txt', true, writable, 'taken'))).toBe('read-only');
    expect(outcomeOf(() => readable.renameAt('file.txt', writable, 'taken'))).toBe('read-only');
    expect(outcomeOf(() => writable.renameAt('file.txt', readable, 'file.txt'))).toBe('read-only');
    expect(outcomeOf(() => writable.linkAt('secret', true, writable, 'taken'))).toBe('not-permitted');
    expect(readdirSync(other.box).toSorted()).toEqual(['file.txt', 'inner', 'secret']);
  });

  it('keep their rights when one lies within the other', () => {
    const { box } = hostWithBox();
    const [outer, inner] = [grant(box, true), grant(join(box, 'inner'), false)];
    expect(outcomeOf(() => inner.openAt('file.txt', opening({ write: true })))).toBe('read-only');
    expect(outcomeOf(() => inner.statAt('../file.txt', true))).toBe('not-permitted');
    expect(outcomeOf(() => outer.renameAt('file.txt', outer, 'inner/file.txt'))).toBe('fine');
    outer.renameAt('inner', outer, 'moved');
    outer.makeDirectoryAt('inner');
    expect(readText(inner, 'file.txt')).toBe('inside');
  });

  it('do not show a program what another instance holds', () => {
    const { box } = hostWithBox();
    const [mine, other] = [grant(box, true), grant(box, true)];
    used[0]!.closeAll();
    expect(outcomeOf(() => mine.stat())).toBe('bad-descriptor');
    expect(outcomeOf(() => mine.renameAt('file.txt', other, 'x'))).toBe('bad-descriptor');
    expect(outcomeOf(() => other.renameAt('file.txt', mine, 'x'))).toBe('bad-descriptor');
    expect(readText(other, 'file.txt')).toBe('inside');
  });

  it('never read through a number of a file that was closed', () => {
    const directory = grant(hostWithBox().box, true);
    const file = openFile(directory, 'file.txt', { write: true });
    file.close();
    const next = openFile(directory, 'inner/file.txt');
    expect(outcomeOf(() => file.read(new Uint8Array(10), 0))).toBe('bad-descriptor');
    expect(outcomeOf(() => file.write(new Uint8Array(10), 0))).toBe('bad-descriptor');
    expect(outcomeOf(() => file.append(new Uint8Array(10)))).toBe('bad-descriptor');
    expect(outcomeOf(() => file.setSize(0))).toBe('bad-descriptor');
    expect(next.stat().size).toBe(14n);
  });
});

describe('the answers for paths outside', () => {
  it('are the same whether there is something or not', () => {
    const { box } = hostWithBox();
    symlinkSync('..', join(box, 'up'));
    const directory = grant(box, true);
    for (const start of ['..', 'up', 'inner/../..']) {
      for (const [existing, missing] of [
        ['outside/secret.txt', 'outside/missing.txt'],
        ['outside', 'missing'],
        ['box/file.txt', 'box/missing'],
      ]) {
        const codes = [existing, missing].map(
          (rest) => fileErrorFrom(() => directory.statAt(`${start}/${rest}`, true)).code,
        );
        expect(codes).toEqual(['not-permitted', 'not-permitted']);
      }
    }
  });
});
