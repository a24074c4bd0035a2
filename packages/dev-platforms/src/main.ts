import { parseArgs } from 'node:util';
import { textTable } from '@wit-ts/dev-support/text-table';
import { type GroupResults, groupResults, groupRows } from './group-results.ts';
import { countResults } from './count-results.ts';
import { platforms } from './platforms.ts';
import { prepareTestFiles, testFileSize } from './prepare-test-files.ts';

const usage = `pnpm platforms [NAME…] [--no-build] [--js]

Builds the runtime and the host of WASI, and runs the same test cases with them on ${Object.keys(platforms).join(', ')},
or only on the named platforms. A platform is installed from npm when it is first needed. Chromium must be installed already.

--no-build  use the last build
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
  showProgress('building');
  const testFiles = await prepareTestFiles({ build: values.build, javascript: values.js });
  const rows: string[][] = [];
  const tables = { concurrency: new Map<string, GroupResults>(), wasi: new Map<string, GroupResults>() };
  const problems: string[] = [];
  let failures = 0;
  for (const name of names) {
    showProgress(name);
    try {
      const started = performance.now();
      const output = await platforms[name]!(testFiles);
      const result = countResults(name, output, (performance.now() - started) / 1000);
      tables.concurrency.set(name, groupResults(output, 'concurrency'));
      const wasi = groupResults(output, 'wasi');
      tables.wasi.set(name, wasi);
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
      failures += failed + failuresIn(wasi);
    } catch (error) {
      rows.push([name, 'not tested', '', '', '', '', '']);
      problems.push(`${name} was not tested: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  showProgress('');
  const headings = ['platform', 'version', 'engines', 'passed', 'failed', 'skipped', 'seconds'];
  say(`${textTable(headings, rows, { firstNumber: 3 })}\n`);
  for (const [title, groups] of Object.entries(tables))
    say(`${textTable([title, ...groups.keys()], groupRows([...groups.values()]))}\n`);
  say(
    `The cases use ${testFiles.components.length} components. The test file, which contains the runtime and the host of WASI, has ` +
      `${(await testFileSize(testFiles)).toLocaleString('en')} bytes.`,
  );
  if (problems.length > 0) say(`\n${problems.join('\n')}`);
  return failures === 0 ? 0 : 1;
}

function failuresIn(results: GroupResults): number {
  return [...results.values()].reduce((sum, { failed }) => sum + failed, 0);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
