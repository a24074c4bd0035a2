import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compareWithKnown, loadKnownFailures, proposeKnownFailures } from './known-failures.ts';
import { scoresMarkdown } from './markdown.ts';
import { suites } from './registry.ts';
import { runSuite } from './run-suite.ts';
import type { Case, Report } from './suite.ts';

/** `pnpm conformance`: exits with 0 where all passed, 1 where some failed, 2 for wrong usage. */

const USAGE = `Usage: pnpm conformance SUITE [PATH…] [--json FILE] [--imports MODULE] [--propose]
       pnpm conformance all [--json FILE] [--markdown FILE] [--propose]

  SUITE           ${[...suites.keys()].join(', ')}; all runs every one
  PATH            files or folders; those in ../shared where none is given
  --json FILE     writes the cases as JSON (an array of reports for all)
  --imports MODULE  for wast: an ES module whose default export is the import object
  --markdown FILE for all: writes the scores as a page
  --propose       prints entries of known-failures.json for the failures that are not on it, to be given their reasons
`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const usage = readUsage(argv);
  if ('wrong' in usage) {
    process.stderr.write(usage.wrong === '' ? USAGE : `${usage.wrong}\n\n${USAGE}`);
    return usage.wrong === '' ? 0 : 2;
  }
  const { names, paths, imports } = usage;
  const unusable = imports === undefined ? undefined : await problemWithImports(imports);
  if (unusable !== undefined) {
    process.stderr.write(`${unusable}\n`);
    return 2;
  }
  const reports: Report[] = [];
  for (const name of names) {
    const report = await runSuite(
      name,
      { paths, ...(imports === undefined ? {} : { imports }) },
      (result) => {
        if (result.status === 'failed') print(`FAIL ${oneLine(result)}`);
      },
    );
    for (const result of report.cases) if (result.status === 'skipped') print(`skip ${oneLine(result)}`);
    print(`${name}: ${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
    reports.push(report);
  }
  if (usage.json !== undefined) {
    await writeFile(usage.json, `${JSON.stringify(usage.all ? reports : reports[0], undefined, 1)}\n`);
  }
  if (usage.markdown !== undefined) {
    await writeFile(usage.markdown, scoresMarkdown(reports, await loadKnownFailures()));
  }
  if (usage.propose) {
    const known = await loadKnownFailures();
    const entries = reports.map((report) => {
      const { unexpectedFailures } = compareWithKnown(report, known.get(report.suite) ?? []);
      return [report.suite, proposeKnownFailures(unexpectedFailures)] as const;
    });
    print(JSON.stringify(Object.fromEntries(entries), undefined, 1));
  }
  return reports.every((report) => report.failed === 0) ? 0 : 1;
}

interface Usage {
  readonly all: boolean;
  readonly names: readonly string[];
  readonly paths: readonly string[];
  readonly json: string | undefined;
  readonly markdown: string | undefined;
  readonly imports: string | undefined;
  readonly propose: boolean;
}

/** `wrong` is empty where help was asked for. */
function readUsage(argv: readonly string[]): Usage | { readonly wrong: string } {
  let parsed;
  try {
    parsed = parseArgs({
      // A package manager may hand over the `--` that separates its own options.
      args: argv[0] === '--' ? argv.slice(1) : [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        imports: { type: 'string' },
        markdown: { type: 'string' },
        propose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { wrong: '' };
  const [suite, ...paths] = positionals;
  const all = suite === 'all';
  if (suite === undefined) return { wrong: 'A suite is missing.' };
  if (!all && !suites.has(suite)) return { wrong: `There is no suite \`${suite}\`.` };
  if (all && paths.length > 0) return { wrong: '`all` takes no paths: each suite has its own corpus.' };
  if (!all && values.markdown !== undefined) return { wrong: '`--markdown` goes with `all`.' };
  if (values.imports !== undefined && suite !== 'wast') return { wrong: '`--imports` goes with `wast`.' };
  const missing = [...paths, ...(values.imports === undefined ? [] : [values.imports])].find(
    (path) => !existsSync(path),
  );
  if (missing !== undefined) return { wrong: `\`${missing}\` does not exist.` };
  return {
    all,
    names: all ? [...suites.keys()] : [suite],
    paths,
    json: values.json,
    markdown: values.markdown,
    propose: values.propose === true,
    imports: values.imports === undefined ? undefined : pathToFileURL(resolve(values.imports)).href,
  };
}

/** Workers load the module for themselves; here it is only tried. */
async function problemWithImports(url: string): Promise<string | undefined> {
  try {
    const module: { readonly default?: unknown } = await import(url);
    if (typeof module.default === 'object' && module.default !== null) return undefined;
    return 'The module given with `--imports` has no object as its default export.';
  } catch (error) {
    return `The module given with \`--imports\` cannot be loaded: ${String(error)}`;
  }
}

function oneLine(result: Case): string {
  const place = result.line === undefined ? result.file : `${result.file}:${result.line}`;
  const reason = (result.reason ?? 'no reason given').trim().replaceAll(/\s*\n\s*/gu, ' ⏎ ');
  return `${place} ${result.name}: ${reason}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
