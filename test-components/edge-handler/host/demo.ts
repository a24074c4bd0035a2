/**
 * `npx -y pnpm@12 demo`: generates bindings for the example world, type-checks a host that uses them, runs the host
 * with guests in several languages, and checks components against the world. The exit code is 1 when a step does not
 * give the expected result.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { peersInstalled } from '@wit-ts/dev-peers';
import { buildJavaScriptGuest } from '../guest-js/build.ts';
import { elapsed, say, step } from './print-steps.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = 'test-components/edge-handler';
const world = `${folder}/wit/world.wit`;
const requests = ['hello edge', 'Grüße, Wörld 🌍', ''];

/** The committed components that satisfy the world, by the language of the guest. */
const committedGuests = {
  'WebAssembly text': `${folder}/built/wat.wasm`,
  Rust: `${folder}/built/rust.wasm`,
  C: `${folder}/built/c.wasm`,
};

/** A component that differs from the world in four ways. */
const unsuitableComponent = 'test-components/unfitting/built/four-ways.wasm';

say('One WIT world describes what a component imports and exports. This demo generates TypeScript');
say('for a world, writes a host against it, and runs that host with components from several languages.\n');
say(`The world, from ${world}:\n`);
say(await worldText());
say('');

await step('1. Generate TypeScript bindings for the world', async () => {
  await show(witTs('gen', world, '-o', `${folder}/host/generated`));
  say(`wrote the types of imports and exports, and instantiate(), to ${folder}/host/generated`);
});

await step('2. Type-check the host against the bindings', async () => {
  say(`$ tsc -p ${folder}/host`);
  try {
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `${folder}/host`], { cwd: root });
  } catch (error) {
    say(String(Reflect.get(Object(error), 'stdout')).trimEnd());
    return fail('the host does not type-check');
  }
  say(`${folder}/host/process-data.ts implements EdgeHandlerImports; tsc in strict mode finds no errors`);
});

const guests = await step('3. Load the guests', loadGuests);
const answers = await step(`4. Run the same host with each of the ${guests.size} guests`, () =>
  runGuests(guests),
);

await step('5. Check components against the world', async () => {
  const components = [...Object.values(committedGuests), unsuitableComponent];
  const checks = components.map((component) => witTs('check', component, '--wit', world));
  for (const check of checks) await show(check);
  const unsuitable = await checks.at(-1)!;
  say('The last component was built for a different world, so check reports every difference.');
  if (unsuitable.code !== 1) fail(`expected check to reject ${unsuitableComponent}`);
});

const distinctAnswers = new Set(Array.from(answers.values(), (given) => JSON.stringify(given)));
if (distinctAnswers.size === 1) {
  say(`All ${answers.size} guests (${[...answers.keys()].join(', ')}) gave the same answers.`);
} else {
  fail(`the guests gave different answers: ${[...distinctAnswers].join(' and ')}`);
}

/** Returns the declarations of the world and its interface without their comments. */
async function worldText(): Promise<string> {
  const text = await readFile(`${root}${world}`, 'utf8');
  return text.replaceAll(/^ *\/\/\/.*\n/gmu, '').trimEnd();
}

interface CommandOutput {
  readonly commandLine: string;
  readonly code: number;
  readonly output: string;
}

/** Runs `wit-ts` from its source. The returned promise never rejects; a failed command has an exit code. */
async function witTs(...args: string[]): Promise<CommandOutput> {
  const commandLine = `wit-ts ${args.join(' ')}`;
  const command = ['--conditions=@wit-ts/source', 'packages/cli/src/bin.ts', ...args];
  try {
    const { stdout } = await run(process.execPath, command, { cwd: root });
    return { commandLine, code: 0, output: stdout.trimEnd() };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { commandLine, code: Number(code), output: `${stdout}${stderr}`.trimEnd() };
  }
}

/**
 * Prints a command line and its output. A command that fails for another reason than a failed check makes the demo
 * fail.
 */
async function show(command: Promise<CommandOutput>): Promise<void> {
  const { commandLine, code, output } = await command;
  say(`$ ${commandLine}`);
  if (output !== '') say(output);
  if (code !== 0 && !commandLine.includes(unsuitableComponent))
    fail(`the command ended with exit code ${code}`);
}

function fail(message: string): void {
  say(`error: ${message}`);
  process.exitCode = 1;
}

/** Reads the committed guests. Adds the JavaScript guest if its tools are installed or `--js` asks for them. */
async function loadGuests(): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const [language, path] of Object.entries(committedGuests)) {
    found.set(language, await readFile(`${root}${path}`));
  }
  if (peersInstalled() || process.argv.includes('--js')) {
    const guest = await buildJavaScriptGuest();
    if (guest.tag === 'built') found.set('JavaScript', guest.bytes);
    else say(`The JavaScript guest is not available: ${guest.reason}`);
  } else {
    say('The JavaScript guest is left out; `pnpm demo --js` downloads its tools (45 MB) and builds it.');
  }
  for (const [language, bytes] of found) {
    say(
      `${language.padEnd(16)} ${(bytes.length / 1024).toLocaleString('en', { maximumFractionDigits: 1 })} KiB`,
    );
  }
  return found;
}

/** Instantiates each guest with the same host, and returns its answers to the requests by the language of the guest. */
async function runGuests(
  all: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  // The bindings exist only after step 1.
  const { instantiate } = await import('./generated/edge-handler.ts');
  const { imports } = await import('./process-data.ts');
  const given = new Map<string, readonly string[]>();
  for (const [language, bytes] of all) {
    const start = performance.now();
    const handler = await instantiate(new Uint8Array(bytes), imports);
    given.set(
      language,
      requests.map((request) => handler.handleRequest(request)),
    );
    say(`${language}: compiled, instantiated and called ${requests.length} times in ${elapsed(start)}`);
    for (const [at, answer] of given.get(language)!.entries()) {
      say(`  handleRequest(${JSON.stringify(requests[at])}) → ${JSON.stringify(answer)}`);
    }
  }
  return given;
}
