import { join } from 'node:path';
import { describe, it } from 'vitest';
import { escapeAttempts } from '../fixtures/escapes/attempts.ts';
import {
  attackAsProgram,
  type EmptyHost,
  hostInMemory,
  type Start,
} from '../fixtures/escapes/program-attacker.ts';
import { programs } from '../fixtures/escapes/programs.ts';
import { hostFolders } from '../fixtures/host-folders.ts';
import { CheckedDirectory } from './node/checked-directory.ts';
import { openNodeDirectory } from './node/open-node-directory.ts';

const newFolder = hostFolders();

function hostOnDisk(): EmptyHost {
  const folder = newFolder();
  return { host: openNodeDirectory(folder), base: () => join(folder, 'base'), all: () => folder };
}

/** A directory on the disk that refuses what Windows would understand as something else. */
function hostWithWindowsNames(): EmptyHost {
  const folder = newFolder();
  return {
    host: openNodeDirectory(folder),
    base: () => CheckedDirectory.open(join(folder, 'base'), true),
    all: () => CheckedDirectory.open(folder, true),
  };
}

const attempts = Object.values(escapeAttempts).flat();
const named = attempts.map((attempt) => [attempt.path.slice(0, 60), attempt] as const);
const namedOnWindows = named.filter(([, { onWindows }]) => onWindows !== undefined);
/** The fast tests try the attempts of a preopened directory in memory. */
const cases = Object.entries(programs).flatMap(([version, firstDirectory]) =>
  startsOf(version).map((start) => ({ version, start, firstDirectory })),
);

/** Preview 1 has descriptors of its own; those of components are the same objects wherever they come from. */
function startsOf(version: string): readonly Start[] {
  const opened = 'a directory that it has opened';
  return version === 'WASI preview 1' ? ['a preopened directory', opened] : [opened];
}

describe.each(cases)('a program of $version, from $start', ({ firstDirectory, start }) => {
  it.each(named)('stays there in memory with %j', (_, attempt) =>
    attackAsProgram(hostInMemory, firstDirectory, start, attempt),
  );

  it.each(named)('stays there on the disk with %j', (_, attempt) =>
    attackAsProgram(hostOnDisk, firstDirectory, start, attempt),
  );

  it.each(namedOnWindows)('stays there with the names of Windows and %j', (_, attempt) =>
    attackAsProgram(hostWithWindowsNames, firstDirectory, start, attempt, attempt.onWindows),
  );
});
