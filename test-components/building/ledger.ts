import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Recipe } from '../recipes.ts';
import { inTestComponents } from './paths.ts';

/**
 * What `built.json` says of a committed component. The hashes let anyone see that component and sources belong together,
 * without a compiler; the compiler's version says who can be expected to build the very same bytes.
 */
export interface LedgerEntry {
  readonly compiler: string;
  readonly sources: string;
  readonly component: string;
  readonly bytes: number;
}

const path = inTestComponents('built.json');

export async function readLedger(): Promise<Map<string, LedgerEntry>> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const entries: Record<string, LedgerEntry> = JSON.parse(text);
  return new Map(Object.entries(entries));
}

export async function writeLedger(ledger: ReadonlyMap<string, LedgerEntry>): Promise<void> {
  const sorted = [...ledger].sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

export async function entryFor(recipe: Recipe, compiler: string, bytes: Uint8Array): Promise<LedgerEntry> {
  return { compiler, sources: await hashSources(recipe), component: hash(bytes), bytes: bytes.length };
}

/** Why the committed component is not what its entry says, or undefined. Needs no compiler. */
export async function mismatch(recipe: Recipe, entry: LedgerEntry | undefined): Promise<string | undefined> {
  if (entry === undefined) return 'it is not in built.json';
  const committed = await readFile(inTestComponents(recipe.built)).catch(() => undefined);
  if (committed === undefined) return `${recipe.built} does not exist`;
  if (hash(committed) !== entry.component) return `${recipe.built} is not what was built`;
  if ((await hashSources(recipe)) !== entry.sources) return 'its sources changed since it was built';
  return undefined;
}

async function hashSources(recipe: Recipe): Promise<string> {
  const files = [recipe.wit, recipe.source].filter((file) => file !== undefined);
  const texts = await Promise.all(files.map((file) => readFile(inTestComponents(file), 'utf8')));
  return hash(texts.map((text) => text.replaceAll('\r\n', '\n')).join('\0'));
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
