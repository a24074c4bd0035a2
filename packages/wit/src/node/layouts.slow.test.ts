import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Random } from '@wit-ts/dev-support/random';
import { hasErrors } from '@wit-ts/diagnostics';
import { packageNameText } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { contentsOf } from '../fixtures/contents-of.ts';
import { followHelp } from '../fixtures/follow-help.ts';
import {
  DISORDERS,
  packagesToLayOut,
  rightLayout,
  type Disorder,
  type PackageLayout,
} from '../fixtures/random-layouts.ts';
import { load, type Loaded } from './index.ts';

const SEEDS = 15;

describe('load of packages in a wrong layout', () => {
  it.each(DISORDERS)('works, or its help leads to what works: $name', async (disorder) => {
    let tried = 0;
    for (let seed = 0; seed < SEEDS; seed += 1) if (await follow(disorder, seed)) tried += 1;
    expect(tried).toBeGreaterThan(0);
  });
});

/** More steps than these mean that the help goes in circles. */
const MAX_STEPS = 20;

/** Returns false if the seed has no such layout. */
async function follow(disorder: Disorder, seed: number): Promise<boolean> {
  const packages = packagesToLayOut(seed);
  const right = await inDirectory(rightLayout(packages, new Random(seed)), (path) => load(path));
  if (hasErrors(right.diagnostics)) return false;
  const wrong = disorder.layOut(packages, new Random(seed));
  if (wrong === undefined) return false;
  await inDirectory(wrong, async (path) => {
    const loaded = await followToEnd(path, packageNameText(right.package!.name), `seed ${seed}`);
    expect(contentsOf(loaded.resolve), `seed ${seed}`).toBe(contentsOf(right.resolve));
  });
  return true;
}

async function followToEnd(path: string, main: string, name: string): Promise<Loaded> {
  let input = path;
  let loaded = await load(input);
  for (let step = 0; hasErrors(loaded.diagnostics); step += 1) {
    const problems = loaded.diagnostics.map(({ message, help }) => `${message}\n  help: ${help}`).join('\n');
    expect(step, `${name}: goes in circles: ${problems}`).toBeLessThan(MAX_STEPS);
    const followed = firstOf(loaded, input);
    expect(followed, `${name}: nothing to do: ${problems}`).toBeDefined();
    for (const next of followed!) {
      input = next;
      loaded = await load(input);
      if (loaded.package !== undefined && packageNameText(loaded.package.name) === main) break;
    }
  }
  return loaded;
}

/** Follows the first help that says what to do. Returns the paths that may be passed then. */
function firstOf({ diagnostics }: Loaded, input: string): readonly string[] | undefined {
  for (const { help } of diagnostics) {
    const followed = help === undefined ? undefined : followHelp(help, input);
    if (followed !== undefined) return followed.inputs;
  }
  return undefined;
}

async function inDirectory<T>(
  { files, input }: PackageLayout,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'wit-ts-layout-'));
  try {
    for (const [name, text] of files) {
      const file = join(root, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return await use(join(root, input));
  } finally {
    rmSync(root, { recursive: true });
  }
}
