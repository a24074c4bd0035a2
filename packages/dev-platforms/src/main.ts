import { parseArgs } from 'node:util';
import { bundleSize, prepare } from './assets.ts';
import { platforms } from './platforms.ts';
import { type Tally, tally } from './tally.ts';

const usage = `pnpm platforms [NAME…] [--no-build] [--js]

Runs one test file over the built runtime on ${Object.keys(platforms).join(', ')},
or on those named. Each platform is fetched from npm when it is first asked for; Chromium must be there.

--no-build  takes the runtime as it was built last
--js        builds the JavaScript guest where it is not built yet (45 MB of tools)
`;

const widths = [13, 16, 20, 7, 7, 8, 8];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    build: { type: 'boolean', default: true },
    js: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) process.stdout.write(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const names = positionals.length === 0 ? Object.keys(platforms) : positionals;
  const unknown = names.filter((name) => !Object.hasOwn(platforms, name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no platform ${unknown.join(', ')}.\n${usage}`);
    return 2;
  }
  const assets = await prepare({ build: values.build, javascript: values.js });
  say(`${assets.components.length} components; test file and runtime: ${await bundleSize(assets)} bytes\n`);
  say(row(['platform', 'version', 'engines', 'passed', 'failed', 'skipped', 'seconds']));
  let failures = 0;
  const problems: string[] = [];
  for (const name of names) {
    try {
      const started = performance.now();
      const outcome = await platforms[name]!(assets);
      const counted = tally(name, outcome, (performance.now() - started) / 1000);
      say(row(cells(counted)));
      problems.push(...counted.problems.map((problem) => `${name}: ${problem}`));
      failures += counted.failed;
    } catch (error) {
      say(row([name, 'absent', '', '', '', '', '']));
      problems.push(`${name} was not tested: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length > 0) say(`\n${problems.join('\n')}`);
  return failures === 0 ? 0 : 1;
}

function cells(counted: Tally): string[] {
  const { platform, version, engines, passed, failed, skipped, seconds } = counted;
  return [platform, version, engines, String(passed), String(failed), String(skipped), seconds.toFixed(1)];
}

function row(texts: readonly string[]): string {
  return texts
    .map((text, index) => (index < 3 ? text.padEnd(widths[index]!) : text.padStart(widths[index]!)))
    .join(' ');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
