import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attack, type Attacker, checkOutcomes } from '../fixtures/escapes/attack.ts';
import { escapeAttempts } from '../fixtures/escapes/attempts.ts';
import { attackAsProgram, hostInMemory } from '../fixtures/escapes/program-attacker.ts';
import { programs } from '../fixtures/escapes/programs.ts';
import { opening } from '../fixtures/file-operations.ts';
import { hostFolders } from '../fixtures/host-folders.ts';
import { makeSystem } from '../system/make-system.ts';
import { memoryDirectory } from './memory/open-memory-directory.ts';
import { CheckedDirectory } from './node/checked-directory.ts';
import { openNodeDirectory } from './node/open-node-directory.ts';
import type { OpenDirectory } from './node.ts';
import { grantedDirectory } from './sandbox/granted-directory.ts';
import { OpenDescriptors } from './sandbox/open-descriptors.ts';

const newFolder = hostFolders();

/** A program that calls the directory itself. `open` opens `base`, which is in `host`. */
function directAttacker(host: OpenDirectory, open: () => OpenDirectory): Attacker {
  const descriptors = new OpenDescriptors(10);
  const origin = { guest: '/base', host: undefined, write: true };
  return {
    host,
    start: () => grantedDirectory(open(), origin, descriptors),
    close: () => descriptors.closeAll(),
  };
}

function onDisk(open: (path: string) => OpenDirectory): Attacker {
  const folder = newFolder();
  return directAttacker(openNodeDirectory(folder), () => open(join(folder, 'base')));
}

const systems: Readonly<Record<string, () => Attacker>> = {
  'the disk': () => onDisk(openNodeDirectory),
  'the disk, checked': () => onDisk((path) => CheckedDirectory.open(path, false)),
  'the disk, with the names of Windows': () => onDisk((path) => CheckedDirectory.open(path, true)),
  memory() {
    const host = memoryDirectory();
    return directAttacker(host, () => host.openDirectory('base'));
  },
};

const attempts = Object.values(escapeAttempts).flat();

describe('the attempts to escape', () => {
  it('are at least sixty, all with another path or tree', () => {
    expect(new Set(attempts.map((attempt) => JSON.stringify(attempt))).size).toBeGreaterThanOrEqual(60);
  });
});

describe.each(Object.entries(systems))('a program on %s', (system, newAttacker) => {
  const isWindows = system.includes('Windows');
  const tried = isWindows ? attempts.filter(({ onWindows }) => onWindows !== undefined) : attempts;

  it.each(tried.map((attempt) => [attempt.path.slice(0, 60), attempt] as const))(
    'stays in its directory with %j',
    (_, attempt) => {
      const expected = isWindows ? attempt.onWindows! : attempt.opens;
      checkOutcomes(attack(newAttacker, attempt), expected);
    },
  );
});

describe.each(Object.entries(programs))('a program of %s', (_version, firstDirectory) => {
  it('reads and lists what is inside', () => {
    const host = memoryDirectory({ 'file.txt': 'inside', inner: {} });
    const system = makeSystem({ dirs: [{ host, guest: '/base' }] });
    const directory = firstDirectory(system);
    const file = directory.openAt('file.txt', opening());
    if (file.kind !== 'file') throw new Error('the file is a directory');
    const bytes = new Uint8Array(10);
    expect(new TextDecoder().decode(bytes.subarray(0, file.read(bytes, 0)))).toBe('inside');
    const names = directory.entries().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['file.txt', 'inner']));
    system.close();
  });

  it.each(attempts.map((attempt) => [attempt.path.slice(0, 60), attempt] as const))(
    'stays in its directory with %j, and the host hears of it',
    (_, attempt) => attackAsProgram(hostInMemory, firstDirectory, 'a preopened directory', attempt),
  );
});
