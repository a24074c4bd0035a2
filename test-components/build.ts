import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { compile, compilerOf } from './building/compile.ts';
import { entryFor, mismatch, readLedger, writeLedger } from './building/ledger.ts';
import { inTestComponents } from './building/paths.ts';
import { buildJavaScriptGuest } from './edge-handler/guest-js/build.ts';
import { recipes, type Recipe } from './recipes.ts';

const usage = `pnpm components [NAME…]          builds all components, or those whose names begin with NAME
pnpm components --check [NAME…]  says whether the committed components are what their sources give
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
  const ledger = await readLedger();
  for (const recipe of chosen) {
    const started = performance.now();
    const compiled = await compile(recipe);
    if (compiled.tag === 'unavailable') {
      say(recipe.name, `not built: ${compiled.reason}.`);
      continue;
    }
    const path = inTestComponents(recipe.built);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, compiled.bytes);
    ledger.set(recipe.name, await entryFor(recipe, compiled.compiler, compiled.bytes));
    say(recipe.name, `${size(compiled.bytes)} in ${elapsed(started)}, ${compiled.compiler}`);
  }
  await writeLedger(ledger);
  if (withJavaScript) await buildJavaScript();
  return 0;
}

/** On demand only: it is large, takes seconds, and is not committed. */
async function buildJavaScript(): Promise<void> {
  const started = performance.now();
  const guest = await buildJavaScriptGuest();
  say(
    javaScriptGuest,
    guest.tag === 'built'
      ? `${size(guest.bytes)} in ${elapsed(started)}${guest.cached ? ', from the cache' : ''}`
      : `not built: ${guest.reason}`,
  );
}

async function checkAll(): Promise<number> {
  const chosen = recipes.filter(({ name }) => isChosen(name));
  if (chosen.length === 0) return noSuchName();
  const ledger = await readLedger();
  let wrong = 0;
  for (const recipe of chosen) {
    const finding = await checkOne(recipe, ledger);
    if (finding.wrong) wrong += 1;
    say(recipe.name, finding.text);
  }
  if (wrong > 0) process.stdout.write(`${wrong} of ${chosen.length} are stale: run \`pnpm components\`.\n`);
  return wrong > 0 ? 1 : 0;

  async function checkOne(recipe: Recipe, known: typeof ledger): Promise<{ wrong: boolean; text: string }> {
    const entry = known.get(recipe.name);
    const stale = await mismatch(recipe, entry);
    if (stale !== undefined || entry === undefined) return { wrong: true, text: `stale: ${stale}` };
    const compiler = compilerOf(recipe);
    if ('reason' in compiler) return { wrong: false, text: `hashes fit; not rebuilt: ${compiler.reason}` };
    if (compiler.version !== entry.compiler) {
      return {
        wrong: false,
        text: `hashes fit; not rebuilt: made by ${entry.compiler}, here is ${compiler.version}`,
      };
    }
    const compiled = await compile(recipe);
    if (compiled.tag === 'unavailable') return { wrong: false, text: `hashes fit; ${compiled.reason}` };
    const rebuilt = await entryFor(recipe, compiled.compiler, compiled.bytes);
    return rebuilt.component === entry.component
      ? { wrong: false, text: 'the same bytes' }
      : { wrong: true, text: `stale: ${compiled.compiler} gives other bytes` };
  }
}

function isChosen(name: string): boolean {
  return positionals.length === 0 || positionals.some((start) => name.startsWith(start));
}

function noSuchName(): number {
  const names = [...recipes.map(({ name }) => name), javaScriptGuest];
  process.stderr.write(`No component has a name that begins like that. There are: ${names.join(', ')}.\n`);
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
