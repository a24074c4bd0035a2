import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openNodeDirectory } from '../files/node/open-node-directory.ts';
import { type EscapeAttempt, escapeAttempts } from '../fixtures/escapes/attempts.ts';
import { type EmptyHost, hostInMemory } from '../fixtures/escapes/program-attacker.ts';
import { makeEscapeWorld, outsideOf, SECRET } from '../fixtures/escapes/world.ts';
import { hostFolders } from '../fixtures/host-folders.ts';
import { textOutput } from '../fixtures/programs.ts';
import { makeSystem } from '../system/make-system.ts';
import { runPreview1 } from './run-preview1.ts';

const folder = new URL('../../../../test-components/escape-artist/', import.meta.url);
const program = await WebAssembly.compile(await readFile(new URL('built/c.wasm', folder)));
const newFolder = hostFolders();

/** All attempts that a list of arguments can contain: these are texts without NUL characters. */
const attempts = Object.values(escapeAttempts)
  .flat()
  .filter(({ path }) => path.isWellFormed() && !path.includes('\0'));

function hostOnDisk(): Pick<EmptyHost, 'base' | 'host'> {
  const path = newFolder();
  return { host: openNodeDirectory(path), base: () => join(path, 'base') };
}

/** Runs the program with one path, and checks that nothing outside has changed. Returns what it prints. */
async function attempted(
  { host, base }: Pick<EmptyHost, 'base' | 'host'>,
  { path, tree = {} }: EscapeAttempt,
  [guest, directory]: readonly [guest: string, directory: string],
): Promise<string> {
  makeEscapeWorld(host, tree);
  const before = outsideOf(host);
  const { write, text } = textOutput();
  const reported: string[] = [];
  const system = makeSystem({
    dirs: [{ host: base(), guest, write: true }],
    args: ['escape-artist', directory, path],
    stdout: write,
    exit: true,
    onRefused: ({ asked }) => reported.push(asked),
  });
  try {
    expect(await runPreview1(program, system)).toBe(0);
    expect(outsideOf(host)).toEqual(before);
    // The host hears of each path that leads out, and of no other.
    expect(reported.length > 0).toBe(/(?:EPERM|ENOTCAPABLE): read/u.test(text()));
    return text();
  } finally {
    system.close();
    host.close();
  }
}

/** What libc does with a path, the file of expected output, where `base` is granted, and the first argument. */
const found = ['for which libc finds the directory', 'found.txt', ['/', '.']] as const;
const opened = ['below a directory that it has opened', 'opened.txt', ['/base', '/base']] as const;

describe('a program in C that tries all paths', () => {
  it.each([
    ['memory', ...found, hostInMemory],
    ['memory', ...opened, hostInMemory],
    ['the disk', ...opened, hostOnDisk],
  ] as const)(
    'reads nothing from outside, in %s, with paths %s',
    async (_system, _paths, file, where, newHost) => {
      let printed = '';
      for (const attempt of attempts) printed += await attempted(newHost(), attempt, where);
      expect(printed).not.toContain(SECRET.slice(0, 20));
      await expect(printed).toMatchFileSnapshot(fileURLToPath(new URL(`expected/${file}`, folder)));
    },
  );
});
