import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { compile, compilerOf } from './building/compile.ts';
import {
  buildRecord,
  type BuildRecord,
  mismatch,
  readBuildRecords,
  writeBuildRecords,
} from './building/built-json.ts';
import { inTestComponents } from './building/paths.ts';
import { buildJavaScriptGuest } from './edge-handler/guest-js/build.ts';
import { recipes, type Recipe } from './recipes.ts';

const usage = `pnpm components [NAME…]          build all components, or those whose name begins with NAME
pnpm components --check [NAME…]  check that the committed components match their sources
`;

const javaScriptGuest = 'edge-handler/js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) process.stdout.write(usage);
else process.exitCode = await (values.check ? checkAll() : buildAll());

async function buildAll(): Promise<number> {
  const chosen = recipes.filter(({ name }) => isChosen(name));
  const withJavaScript = positionals.some((start) => javaScriptGuest.startsWith(start));
  if (chosen.length === 0 && !withJavaScript) return noSuchName();
  const records = await readBuildRecords();
  for (const recipe of chosen) {
    const started = performance.now();
    const compiled = await compile(recipe);
    if (compiled.tag === 'unavailable') {
      say(recipe.name, `not built: ${compiled.reason}`);
      continue;
    }
    const path = inTestComponents(recipe.built);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, compiled.bytes);
    records.set(recipe.name, await buildRecord(recipe, compiled.compiler, compiled.bytes));
    say(recipe.name, `built: ${size(compiled.bytes)} in ${elapsed(started)} with ${compiled.compiler}`);
  }
  await writeBuildRecords(records);
  if (withJavaScript) await buildJavaScript();
  return 0;
}

/**
 * Builds the JavaScript guest. It is built only on request, because it is large, takes seconds and is not committed.
 */
async function buildJavaScript(): Promise<void> {
  const started = performance.now();
  const guest = await buildJavaScriptGuest();
  say(
    javaScriptGuest,
    guest.tag === 'built'
      ? `${guest.cached ? 'cached' : 'built'}: ${size(guest.bytes)} in ${elapsed(started)}`
      : `not built: ${guest.reason}`,
  );
}

async function checkAll(): Promise<number> {
  const chosen = recipes.filter(({ name }) => isChosen(name));
  if (chosen.length === 0) return noSuchName();
  const records = await readBuildRecords();
  let staleCount = 0;
  for (const recipe of chosen) {
    const finding = await checkOne(recipe, records.get(recipe.name));
    if (finding.isStale) staleCount += 1;
    say(recipe.name, finding.text);
  }
  if (staleCount === 0) return 0;
  process.stdout.write(`${staleCount} of ${chosen.length} components are stale: run \`pnpm components\`\n`);
  return 1;
}

interface Finding {
  readonly isStale: boolean;
  readonly text: string;
}

async function checkOne(recipe: Recipe, record: BuildRecord | undefined): Promise<Finding> {
  const difference = await mismatch(recipe, record);
  if (difference !== undefined || record === undefined)
    return { isStale: true, text: `stale: ${difference}` };
  const compiler = compilerOf(recipe);
  if ('reason' in compiler) return notRebuilt(compiler.reason);
  if (compiler.version !== record.compiler) {
    return notRebuilt(`it was built with ${record.compiler}, and ${compiler.version} is installed`);
  }
  const compiled = await compile(recipe);
  if (compiled.tag === 'unavailable') return notRebuilt(compiled.reason);
  const rebuilt = await buildRecord(recipe, compiled.compiler, compiled.bytes);
  return rebuilt.component === record.component
    ? { isStale: false, text: 'up to date: building it again gives the same bytes' }
    : { isStale: true, text: `stale: ${compiled.compiler} builds different bytes` };
}

function notRebuilt(reason: string): Finding {
  return { isStale: false, text: `up to date by its hashes; not built again: ${reason}` };
}

function isChosen(name: string): boolean {
  return positionals.length === 0 || positionals.some((start) => name.startsWith(start));
}

function noSuchName(): number {
  const names = [...recipes.map(({ name }) => name), javaScriptGuest];
  process.stderr.write(`no component has such a name. The components are: ${names.join(', ')}\n`);
  return 2;
}

function say(name: string, text: string): void {
  process.stdout.write(`${name.padEnd(28)} ${text}\n`);
}

function size(bytes: Uint8Array): string {
  return bytes.length < 1 << 20
    ? `${(bytes.length / 1024).toFixed(1)} KiB`
    : `${(bytes.length / (1 << 20)).toFixed(1)} MiB`;
}

function elapsed(since: number): string {
  return `${Math.round(performance.now() - since)} ms`;
}
