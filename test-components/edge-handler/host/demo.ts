/**
 * The whole way through the house on the world that the README starts from: `npx -y pnpm@12 demo`.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { peersInstalled } from '@wit-ts/dev-peers';
import { buildJavaScriptGuest } from '../guest-js/build.ts';
import { say, step } from './steps.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const edgeHandler = fileURLToPath(new URL('../', import.meta.url));
const requests = ['hello edge', 'Grüße, Wörld 🌍', ''];

/** Runs a command of the checkout as a user would, and shows what it prints. */
async function witTs(...args: string[]): Promise<void> {
  say(`$ wit-ts ${args.join(' ')}`);
  const command = ['--conditions=@wit-ts/source', 'packages/cli/src/bin.ts', ...args];
  const { stdout } = await run(process.execPath, command, { cwd: root });
  if (stdout.trim() !== '') say(stdout.trimEnd());
}

await step('1. TypeScript for the world', () =>
  witTs(
    'gen',
    'test-components/edge-handler/wit/world.wit',
    '-o',
    'test-components/edge-handler/host/generated',
  ),
);

await step('2. Type-check a host that is written against it', async () => {
  await run(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'test-components/edge-handler/host'],
    { cwd: root },
  );
  say('process-data.ts fits EdgeHandlerImports under the strictest options');
});

const guests = new Map([
  ['WAT', new Uint8Array(await readFile(`${edgeHandler}built/wat.wasm`))],
  ['Rust', new Uint8Array(await readFile(`${edgeHandler}built/rust.wasm`))],
  ['C', new Uint8Array(await readFile(`${edgeHandler}built/c.wasm`))],
]);
if (peersInstalled() || process.argv.includes('--js')) {
  await step('   The JavaScript guest, built by jco (cached)', async () => {
    const guest = await buildJavaScriptGuest();
    if (guest.tag === 'built') guests.set('JavaScript', guest.bytes);
    else say(guest.reason);
  });
} else {
  say('(the JavaScript guest wants 45 MB of tools: `pnpm demo --js` fetches them and builds it)\n');
}

const { instantiate } = await import('./generated/edge-handler.ts');
const { imports } = await import('./process-data.ts');

const answers = new Map<string, readonly string[]>();
for (const [language, bytes] of guests) {
  await step(`3. Run the ${language} guest (${(bytes.length / 1024).toFixed(1)} KiB)`, async () => {
    const handler = await instantiate(bytes, imports);
    const given = requests.map((request) => handler.handleRequest(request));
    requests.forEach((request, i) => say(`${JSON.stringify(request)} → ${JSON.stringify(given[i])}`));
    answers.set(language, given);
  });
}

await step('4. Check them against the world', async () => {
  for (const name of ['wat', 'rust', 'c']) {
    await witTs(
      'check',
      `test-components/edge-handler/built/${name}.wasm`,
      '--wit',
      'test-components/edge-handler/wit/world.wit',
    );
  }
});

const distinct = new Set(Array.from(answers.values(), (given) => JSON.stringify(given)));
if (distinct.size !== 1) {
  say(`the guests do not agree: ${[...distinct].join(' against ')}`);
  process.exitCode = 1;
} else {
  say(`${[...answers.keys()].join(', ')}: one host, the same answers.`);
}
