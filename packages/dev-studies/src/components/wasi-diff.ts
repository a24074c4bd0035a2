import { diff, diffToMarkdown, type DiffReport } from '@wit-ts/check';
import { hasErrors } from '@wit-ts/diagnostics';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import type { Package } from '@wit-ts/model';
import { resolve } from '@wit-ts/wit';
import type { StudyFindings, Study } from '../study.ts';
import { allWitPackages, inputOf, type WitPackage } from '../wit/wit-packages.ts';

/** Lists what changed between the versions of WASI that an npm package contains. */
export const wasiDiff: Study = {
  name: 'wasi-diff',
  question: 'What changed between versions of WASI?',
  page: 'docs/wasi-diff.md',
  run,
};

const STEPS = [
  ['0.2.10', '0.2.12'],
  ['0.2.12', '0.3.0'],
] as const;

/** The version to compare with when jco does not contain 0.2.10. Other npm packages contain it. */
const OLDEST = '0.2.0';

const NAMES = ['cli', 'clocks', 'filesystem', 'http', 'io', 'random', 'sockets'];

async function run(): Promise<StudyFindings> {
  const all = await allWitPackages();
  const builtin = all.filter(({ name }) => /\/builtin\/\d/u.test(name));
  const rows: string[][] = [];
  const reports: DiffReport[] = [];
  for (const [from, to] of STEPS) {
    for (const name of NAMES) {
      const next = resolved(`wasi:${name}@${to}`, builtin);
      const old = resolved(`wasi:${name}@${from}`, builtin) ?? resolved(`wasi:${name}@${OLDEST}`, all);
      if (old === undefined || next === undefined) {
        rows.push([`wasi:${name}`, `${from} → ${to}`, '', '', '', '', `jco does not contain ${to}`]);
        continue;
      }
      const report = diff(old, next);
      rows.push(row(name, report));
      reports.push(report);
    }
  }
  const markdown = [
    ...markdownTable(
      ['package', 'versions', 'breaking', 'compatible', 'gated', 'required bump', 'new version'],
      rows,
      { firstNumber: 7 },
    ),
    '',
    ...reports.map((report) => diffToMarkdown(report, 2)),
  ].join('\n');
  return { markdown: markdown.trimEnd(), failed: reports.length === 0, data: reports };
}

/** Resolves a package with all features enabled, so that gated items are compared too. */
function resolved(id: string, all: readonly WitPackage[]): Package | undefined {
  const found = all.find((one) => one.id === id);
  if (found === undefined) return undefined;
  const { value, diagnostics } = resolve(inputOf(found, all), { allFeatures: true });
  if (hasErrors(diagnostics)) throw new Error(`${id}: ${diagnostics[0]?.message}`);
  return value.package;
}

function row(name: string, { changes, bump, version }: DiffReport): string[] {
  const gated = changes.filter(({ feature, bump: one }) => feature !== undefined && one !== 'major').length;
  const breaking = changes.filter((change) => change.bump === 'major').length;
  const added = changes.filter((change) => change.bump === 'minor').length;
  const step = `${version?.old} → ${version?.new}`;
  const verdict =
    version?.fits === true || changes.length === 0 ? 'sufficient' : `too low: at least ${version?.least}`;
  const requiredBump = changes.length === 0 ? 'none' : bump;
  return [`wasi:${name}`, step, String(breaking), String(added), String(gated), requiredBump, verdict];
}
