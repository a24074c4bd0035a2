import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { hostFolders } from '../../fixtures/host-folders.ts';
import { wasi } from '../../index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const newFolder = hostFolders();

/** Returns how many descriptors of this process are in a folder. */
function openIn(folder: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}

/** Returns what gives the root directory of a program that has opened, written to and not closed a file. */
function directoryOfProgram(folder: string) {
  const imports = wasi({ dirs: [{ host: folder, guest: '/', write: true }] });
  const { getDirectories } = imports['wasi:filesystem/preopens@0.2.12'];
  const root = (): ReturnType<typeof getDirectories>[0][0] => getDirectories()[0]![0];
  const file = root().openAt({}, 'file', {}, { read: true, write: true });
  file.appendViaStream().blockingWriteAndFlush(Uint8Array.of(1));
  return { root, file };
}

it.skipIf(process.platform !== 'linux')(
  'the files of instances that were never closed are closed when they are collected, and no others',
  async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    const kept = directoryOfProgram(folder);
    const onlyOne = openIn(folder);
    expect(onlyOne).toBe(3);
    for (let count = 0; count < 20; count += 1) directoryOfProgram(folder);
    expect(openIn(folder)).toBe(21 * onlyOne);
    while (openIn(folder) > onlyOne) {
      collect();
      await sleep(1);
    }
    expect(kept.root().openAt({}, 'file', {}, { read: true }).stat().size).toBe(21n);
    expect(kept.file.stat().size).toBe(21n);
    expect(openIn(folder)).toBe(onlyOne + 1);
  },
);
