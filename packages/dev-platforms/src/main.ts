import { parseArgs } from 'node:util';
import { textTable } from '@wit-ts/dev-support/text-table';
import { type GroupResults, groupResults, groupRows } from './concurrency-groups.ts';
import { countResults } from './count-results.ts';
import { platforms } from './platforms.ts';
import { prepareTestFiles, testFileSize } from './prepare-test-files.ts';

const usage = `pnpm platforms [NAME…] [--no-build] [--js]

Builds the runtime and runs the same test cases with it on ${Object.keys(platforms).join(', ')},
or only on the named platforms. A platform is installed from npm when it is first needed. Chromium must be installed already.

--no-build  use the last build of the runtime
--js        build the JavaScript guest if it is missing (downloads 45 MB of tools)
`;

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
    process.stderr.write(`unknown platform: ${unknown.join(', ')}\n\n${usage}`);
    return 2;
  }
  showProgress('building the runtime');
  const testFiles = await prepareTestFiles({ build: values.build, javascript: values.js });
  const rows: string[][] = [];
  const groups = new Map<string, GroupResults>();
  const problems: string[] = [];
  let failures = 0;
  for (const name of names) {
    showProgress(name);
    try {
      const started = performance.now();
      const output = await platforms[name]!(testFiles);
      const result = countResults(name, output, (performance.now() - started) / 1000);
      groups.set(name, groupResults(output));
      const { version, engines, passed, failed, skipped, seconds } = result;
      rows.push([
        name,
        version,
        engines,
        String(passed),
        String(failed),
        String(skipped),
        seconds.toFixed(1),
      ]);
      problems.push(...result.problems.map((problem) => `${name}: ${problem}`));
      failures += failed;
    } catch (error) {
      rows.push([name, 'not tested', '', '', '', '', '']);
      problems.push(`${name} was not tested: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  showProgress('');
  const headings = ['platform', 'version', 'engines', 'passed', 'failed', 'skipped', 'seconds'];
  say(`${textTable(headings, rows, { firstNumber: 3 })}\n`);
  say(`${textTable(['concurrency', ...groups.keys()], groupRows([...groups.values()]))}\n`);
  say(
    `The cases use ${testFiles.components.length} components. The test file, which contains the runtime, has ` +
      `${(await testFileSize(testFiles)).toLocaleString('en')} bytes.`,
  );
  if (problems.length > 0) say(`\n${problems.join('\n')}`);
  return failures === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
