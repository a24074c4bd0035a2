import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compareWithKnown, loadKnownFailures, proposeKnownFailures } from './known-failures.ts';
import { scoresMarkdown } from './scores-page.ts';
import { conformanceSuites } from './registry.ts';
import { runSuite } from './run-suite.ts';
import { engineNames, type EngineName, type CaseResult, type SuiteReport } from './conformance-suite.ts';
import { guestHosts, type GuestHost } from './wasi/guest-settings.ts';

/** `pnpm conformance`: exit code 0 when all cases passed, 1 when some failed, 2 for wrong usage. */

const USAGE = `Usage: pnpm conformance SUITE [PATH…] [--json FILE] [--engine ENGINE] [--imports MODULE] [--host HOST]
                                       [--propose]
       pnpm conformance all [--json FILE] [--markdown FILE] [--propose]

Runs a conformance suite. Prints one line for each failed case, with the reason, and then a total.

  SUITE             ${[...conformanceSuites.keys()].join(', ')}; \`all\` runs all of them
  PATH              files or folders to run (default: those of the suite in ../shared)
  --json FILE       write the results as JSON; with \`all\`, an array with a report for each suite
  --engine ENGINE   with \`wast\`: the engine of the Canonical ABI, compiled (default), reference or static
  --imports MODULE  with \`wast\`: an ES module whose default export is the import object for every instantiation
  --host HOST       with \`wasi\`: what runs the guests, wit-ts (default) or preview3-shim
  --markdown FILE   with \`all\`: write the scores as a Markdown page
  --propose         print entries for known-failures.json, without reasons, for failures that it does not contain
`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const usage = readUsage(argv);
  if (usage === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if ('problem' in usage) {
    process.stderr.write(`${usage.problem}\n\n${USAGE}`);
    return 2;
  }
  const { names, paths, imports, engine, host } = usage;
  const importsProblem = imports === undefined ? undefined : await problemWithImports(imports);
  if (importsProblem !== undefined) {
    process.stderr.write(`${importsProblem}\n`);
    return 2;
  }
  const reports: SuiteReport[] = [];
  for (const name of names) {
    const report = await runSuite(
      name,
      {
        paths,
        ...(imports === undefined ? {} : { imports }),
        ...(engine === undefined ? {} : { engine }),
        ...(host === undefined ? {} : { host }),
      },
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
  readonly engine: EngineName | undefined;
  readonly host: GuestHost | undefined;
  readonly propose: boolean;
}

/** Reads the arguments. Returns the problem as a sentence when they are wrong. */
function readUsage(argv: readonly string[]): Usage | 'help' | { readonly problem: string } {
  let parsed;
  try {
    parsed = parseArgs({
      // Some package managers pass on the `--` that separates their own options.
      args: argv[0] === '--' ? argv.slice(1) : [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        imports: { type: 'string' },
        engine: { type: 'string' },
        host: { type: 'string' },
        markdown: { type: 'string' },
        propose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return 'help';
  const [suite, ...paths] = positionals;
  const all = suite === 'all';
  if (suite === undefined) return { problem: 'name a suite to run' };
  if (!all && !conformanceSuites.has(suite)) return { problem: `no suite is named \`${suite}\`` };
  if (all && paths.length > 0)
    return { problem: '`all` takes no paths, because each suite runs its own files' };
  if (!all && values.markdown !== undefined) return { problem: '`--markdown` can be used only with `all`' };
  if (values.imports !== undefined && suite !== 'wast')
    return { problem: '`--imports` can be used only with `wast`' };
  if (values.engine !== undefined && suite !== 'wast')
    return { problem: '`--engine` can be used only with `wast`' };
  if (values.host !== undefined && suite !== 'wasi')
    return { problem: '`--host` can be used only with `wasi`' };
  const engine = engineNames.find((name) => name === values.engine);
  if (values.engine !== undefined && engine === undefined)
    return { problem: `\`--engine\` takes ${engineNames.join(', ')}, not \`${values.engine}\`` };
  const host = guestHosts.find((name) => name === values.host);
  if (values.host !== undefined && host === undefined)
    return { problem: `\`--host\` takes ${guestHosts.join(' or ')}, not \`${values.host}\`` };
  const missing = [...paths, ...(values.imports === undefined ? [] : [values.imports])].find(
    (path) => !existsSync(path),
  );
  if (missing !== undefined) return { problem: `\`${missing}\` does not exist` };
  return {
    all,
    names: all ? [...conformanceSuites.keys()] : [suite],
    paths,
    json: values.json,
    markdown: values.markdown,
    propose: values.propose === true,
    engine,
    host,
    imports: values.imports === undefined ? undefined : pathToFileURL(resolve(values.imports)).href,
  };
}

/** Checks that the module can be loaded, before workers load it. */
async function problemWithImports(url: string): Promise<string | undefined> {
  try {
    const module: { readonly default?: unknown } = await import(url);
    if (typeof module.default === 'object' && module.default !== null) return undefined;
    return 'the default export of the `--imports` module is not an object';
  } catch (error) {
    return `the \`--imports\` module cannot be loaded: ${String(error)}`;
  }
}

function oneLine(result: CaseResult): string {
  const position = result.line === undefined ? result.file : `${result.file}:${result.line}`;
  const reason = (result.reason ?? 'no reason').trim().replaceAll(/\s*\n\s*/gu, ' ⏎ ');
  return `${position} ${result.name}: ${reason}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
