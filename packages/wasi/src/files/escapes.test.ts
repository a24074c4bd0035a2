import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EscapeAttempt, escapeAttempts } from '../fixtures/escapes/attempts.ts';
import { pathFunctions } from '../fixtures/escapes/path-functions.ts';
import { makeEscapeWorld, outsideOf } from '../fixtures/escapes/world.ts';
import { outcomeOf } from '../fixtures/file-operations.ts';
import { hostFolders } from '../fixtures/host-folders.ts';
import { memoryDirectory } from './memory/open-memory-directory.ts';
import { CheckedDirectory } from './node/checked-directory.ts';
import { openNodeDirectory } from './node/open-node-directory.ts';
import type { OpenDirectory } from './node.ts';
import { grantedDirectory } from './sandbox/granted-directory.ts';
import { OpenDescriptors } from './sandbox/open-descriptors.ts';

const newFolder = hostFolders();

/** An empty directory of the host, and how a directory in it is opened to be granted. */
interface Place {
  readonly host: OpenDirectory;
  readonly open: (name: string) => OpenDirectory;
}

function onDisk(open: (path: string) => OpenDirectory): Place {
  const folder = newFolder();
  return { host: openNodeDirectory(folder), open: (name) => open(join(folder, name)) };
}

const systems: Readonly<Record<string, () => Place>> = {
  'the disk': () => onDisk(openNodeDirectory),
  'the disk, checked': () => onDisk((path) => CheckedDirectory.open(path, false)),
  'the disk, with the names of Windows': () => onDisk((path) => CheckedDirectory.open(path, true)),
  memory() {
    const host = memoryDirectory();
    return { host, open: (name) => host.openDirectory(name) };
  },
};

const attempts = Object.values(escapeAttempts).flat();

/** Calls all functions with the path of an attempt. Returns the outcome of each. */
function attack(newPlace: () => Place, { path, tree = {} }: EscapeAttempt): ReadonlyMap<string, string> {
  const outcomes = new Map<string, string>();
  let left = pathFunctions;
  // One that succeeds may have changed what the attempt needs, so the next one gets a new world.
  while (left.length > 0) {
    const descriptors = new OpenDescriptors(10);
    const { host, open } = newPlace();
    try {
      makeEscapeWorld(host, tree);
      const before = outsideOf(host);
      const origin = { guest: '/base', host: undefined, write: true };
      const directory = grantedDirectory(open('base'), origin, descriptors);
      const succeeded = left.findIndex(({ name, call }) => {
        const outcome = outcomeOf(() => call(directory, path));
        outcomes.set(name, outcome);
        return outcome === 'fine';
      });
      expect(outsideOf(host)).toEqual(before);
      left = succeeded === -1 ? [] : left.slice(succeeded + 1);
    } finally {
      descriptors.closeAll();
      host.close();
    }
  }
  return outcomes;
}

describe('the attempts to escape', () => {
  it('are at least sixty, all with another path or tree', () => {
    expect(new Set(attempts.map((attempt) => JSON.stringify(attempt))).size).toBeGreaterThanOrEqual(60);
  });
});

describe.each(Object.entries(systems))('a program on %s', (system, newPlace) => {
  const isWindows = system.includes('Windows');

  const tried = isWindows ? attempts.filter(({ onWindows }) => onWindows !== undefined) : attempts;

  it.each(tried.map((attempt) => [attempt.path.slice(0, 60), attempt] as const))(
    'stays in its directory with %j',
    (_, attempt) => {
      const outcomes = attack(newPlace, attempt);
      const expected = isWindows ? (attempt.onWindows ?? attempt.opens) : attempt.opens;
      expect(outcomes.get('open')).toBe(expected === 'inside' ? 'fine' : expected);
      // Every function that follows links answers the same, so that none tells whether something is there.
      if (expected === 'not-permitted') {
        for (const name of ['open to write', 'stat', 'set times', 'open as a directory']) {
          expect(outcomes.get(name), name).toBe('not-permitted');
        }
      }
    },
  );
});
