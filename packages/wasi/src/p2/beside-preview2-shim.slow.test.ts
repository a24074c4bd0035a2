import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComponentError } from '@wit-ts/runtime';
import { peer, peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { hostFolders } from '../fixtures/host-folders.ts';
import { filesOfWasi2, open } from '../fixtures/wasi2-files.ts';
import type { Descriptor } from './filesystem/descriptor.ts';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';
const newFolder = hostFolders();
const utf8 = new TextEncoder();

/** `box` with a file, a folder and links. */
function exampleBox(): string {
  const box = join(newFolder(), 'box');
  mkdirSync(join(box, 'inner'), { recursive: true });
  writeFileSync(join(box, 'file'), 'hello from the host');
  writeFileSync(join(box, 'inner/other'), 'other');
  symlinkSync('file', join(box, 'link'));
  return box;
}

/** What each operation returned or failed with, in plain values. */
function outcomes(data: Descriptor): Record<string, unknown> {
  const operations: Record<string, () => unknown> = {
    'type of the preopen': () => data.getType(),
    'size by path': () => data.statAt({}, 'file').size,
    'type of a link': () => data.statAt({}, 'link').type,
    'size through a link': () => data.statAt({ symlinkFollow: true }, 'link').size,
    'target of a link': () => data.readlinkAt('link'),
    'reading a part': () => [...open(data, 'file').read(5n, 6n)[0]],
    'reading at the end': () => open(data, 'file').read(5n, 100n)[1],
    'a stream': () => [...open(data, 'file').readViaStream(6n).blockingRead(4n)],
    'a missing file': () => open(data, 'none'),
    'a file as a folder': () => data.statAt({}, 'file/x'),
    'writing a new file': () => {
      const file = open(data, 'new', { create: true, write: true });
      const written = file.write(utf8.encode('0123456789'), 0n);
      file.setSize(4n);
      return [written, file.stat().size, new TextDecoder().decode(file.read(100n, 0n)[0])];
    },
    'writing with a stream': () => {
      const file = open(data, 'streamed', { create: true, write: true });
      const stream = file.writeViaStream(2n);
      stream.blockingWriteAndFlush(utf8.encode('ab'));
      stream.blockingWriteAndFlush(utf8.encode('cd'));
      return [...file.read(100n, 0n)[0]];
    },
    'making what is there': () => data.createDirectoryAt('inner'),
    'making a folder': () => data.createDirectoryAt('made'),
    'removing a folder with something in it': () => data.removeDirectoryAt('inner'),
    'removing a folder': () => data.removeDirectoryAt('made'),
    renaming: () => {
      data.renameAt('new', data, 'renamed');
      return data.statAt({}, 'renamed').size;
    },
    unlinking: () => data.unlinkFileAt('renamed'),
    'unlinking what is not there': () => data.unlinkFileAt('renamed'),
    'exclusive creation of what is there': () =>
      open(data, 'file', { create: true, exclusive: true, write: true }),
    'the same hash': () => {
      const [a, b] = [data.metadataHashAt({}, 'file'), open(data, 'file').metadataHash()];
      return a.lower === b.lower && a.upper === b.upper;
    },
  };
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => {
      try {
        return [name, operation()];
      } catch (error) {
        return [name, `failed: ${String(error instanceof ComponentError ? error.payload : error)}`];
      }
    }),
  );
}

describe.skipIf(absent)(`files beside preview2-shim${why}`, () => {
  it('give the same answers to ordinary questions', async () => {
    const { WASIShim } = await peer('preview2-shim/instantiation');
    const shim = new WASIShim({ sandbox: { preopens: { '/data': exampleBox() } } }).getImportObject();
    const preopens: unknown = Reflect.get(shim, 'wasi:filesystem/preopens');
    const [[theirs]] = (preopens as { getDirectories(): [[Descriptor, string]] }).getDirectories();
    const ours = outcomes(filesOfWasi2(exampleBox()).data);
    expect(ours).toEqual(outcomes(theirs));
    expect(Object.values(ours).filter((outcome) => String(outcome).startsWith('failed: '))).toHaveLength(6);
  });
});
