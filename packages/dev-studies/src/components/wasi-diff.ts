import { diff, diffToMarkdown, type DiffReport } from '@wit-ts/check';
import { hasErrors } from '@wit-ts/diagnostics';
import type { Package } from '@wit-ts/model';
import { resolve } from '@wit-ts/wit';
import type { Findings, Study } from '../study.ts';
import { allWitPackages, inputOf, type WitPackage } from '../wit/wit-files.ts';

/** What changed between the versions of WASI that an npm package ships. */
export const wasiDiff: Study = { name: 'wasi-diff', page: 'docs/wasi-diff.md', run };

const STEPS = [
  ['0.2.10', '0.2.12'],
  ['0.2.12', '0.3.0'],
] as const;

/** Shipped by the npm packages of others, and taken where jco has no 0.2.10. */
const OLDEST = '0.2.0';

const NAMES = ['cli', 'clocks', 'filesystem', 'http', 'io', 'random', 'sockets'];

async function run(): Promise<Findings> {
  const all = await allWitPackages();
  const builtin = all.filter(({ name }) => /\/builtin\/\d/u.test(name));
  const rows: string[] = [];
  const reports: DiffReport[] = [];
  for (const [from, to] of STEPS) {
    for (const name of NAMES) {
      const next = resolved(`wasi:${name}@${to}`, builtin);
      const old = resolved(`wasi:${name}@${from}`, builtin) ?? resolved(`wasi:${name}@${OLDEST}`, all);
      if (old === undefined || next === undefined) {
        rows.push(`| wasi:${name} | ${from} → ${to} | not shipped at ${to} | | | | |`);
        continue;
      }
      const report = diff(old, next);
      rows.push(row(name, report));
      reports.push(report);
    }
  }
  const markdown = [
    '| package | | breaking | compatible | gated | asks for | the version |',
    '| --- | --- | --: | --: | --: | --- | --- |',
    ...rows,
    '',
    ...reports.map((report) => diffToMarkdown(report, 2)),
  ].join('\n');
  return { markdown: markdown.trimEnd(), failed: reports.length === 0, data: reports };
}

/** With all features on: what is gated is compared too. */
function resolved(id: string, all: readonly WitPackage[]): Package | undefined {
  const found = all.find((one) => one.id === id);
  if (found === undefined) return undefined;
  const { value, diagnostics } = resolve(inputOf(found, all), { allFeatures: true });
  if (hasErrors(diagnostics)) throw new Error(`${id}: ${diagnostics[0]?.message}`);
  return value.package;
}

function row(name: string, { changes, bump, version }: DiffReport): string {
  const gated = changes.filter(({ feature, bump: one }) => feature !== undefined && one !== 'major').length;
  const breaking = changes.filter((change) => change.bump === 'major').length;
  const added = changes.filter((change) => change.bump === 'minor').length;
  const step = `${version?.old} → ${version?.new}`;
  const fits =
    version?.fits === true || changes.length === 0 ? 'fits' : `does not fit: ${version?.least} is the least`;
  return `| wasi:${name} | ${step} | ${breaking} | ${added} | ${gated} | ${changes.length === 0 ? 'nothing' : bump} | ${fits} |`;
}
