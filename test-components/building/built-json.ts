import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Recipe } from '../recipes.ts';
import { inTestComponents } from './paths.ts';

/**
 * What `built.json` records about a committed component. The hashes show, without a compiler, that the component was
 * built from the committed sources. The same version of the compiler is expected to build the same bytes.
 */
export interface BuildRecord {
  /** The version line of the compiler. */
  readonly compiler: string;
  /** The hash of the WIT and of the guest's source files. */
  readonly sources: string;
  /** The hash of the component. */
  readonly component: string;
  /** The size of the component. */
  readonly bytes: number;
}

const path = inTestComponents('built.json');

/** Reads `built.json`: the records by the name of the recipe. */
export async function readBuildRecords(): Promise<Map<string, BuildRecord>> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const entries: Record<string, BuildRecord> = JSON.parse(text);
  return new Map(Object.entries(entries));
}

/** Writes `built.json`, sorted by name. */
export async function writeBuildRecords(records: ReadonlyMap<string, BuildRecord>): Promise<void> {
  const sorted = [...records].sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

/** Returns the record of a component that has just been built. */
export async function buildRecord(recipe: Recipe, compiler: string, bytes: Uint8Array): Promise<BuildRecord> {
  return { compiler, sources: await hashSources(recipe), component: hash(bytes), bytes: bytes.length };
}

/**
 * Compares a committed component with its record. Returns the reason why they do not match, or `undefined`. Needs no
 * compiler.
 */
export async function mismatch(recipe: Recipe, record: BuildRecord | undefined): Promise<string | undefined> {
  if (record === undefined) return 'built.json does not contain it';
  const committed = await readFile(inTestComponents(recipe.built)).catch(() => undefined);
  if (committed === undefined) return `${recipe.built} does not exist`;
  if (hash(committed) !== record.component) return `${recipe.built} has changed since it was built`;
  if ((await hashSources(recipe)) !== record.sources) return 'its sources have changed since it was built';
  return undefined;
}

async function hashSources(recipe: Recipe): Promise<string> {
  const files = [recipe.wit, recipe.source, ...(recipe.modules ?? [])].filter((file) => file !== undefined);
  const texts = await Promise.all(files.map((file) => readFile(inTestComponents(file), 'utf8')));
  return hash(texts.map((text) => text.replaceAll('\r\n', '\n')).join('\0'));
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
