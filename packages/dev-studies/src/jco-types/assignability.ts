import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileStrictly, type CompileError, type SourceText } from '@wit-ts/dev-support/compile-strictly';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import type { Direction } from '@wit-ts/model';
import type { Study, StudyFindings } from '../study.ts';
import { comparisonFile, type Comparison, type ComparisonFile } from './compared-functions.ts';
import { REASONS, withoutReasons } from './reasons.ts';
import { typedWorlds, type TypedWorld, type UntypedWorld } from './typed-worlds.ts';

/** Compares types for hosts with those of jco. */
export const assignability: Study = {
  name: 'assignability',
  question: 'Are types for hosts assignable to those of jco, and the other way round?',
  run,
};

const COMPILE_OPTIONS = { target: 'es2024', lib: ['es2024', 'esnext.disposable', 'dom'] };

/** A world with its comparisons, in a folder of its own. */
interface ComparedWorld extends TypedWorld {
  readonly folder: string;
  readonly file: ComparisonFile;
}

async function run(): Promise<StudyFindings> {
  const folder = await mkdtemp(join(tmpdir(), 'wit-ts-worlds-'));
  try {
    const all = await typedWorlds(folder);
    const typed = all.flatMap((each, index): ComparedWorld[] =>
      'reason' in each ? [] : [{ ...each, folder: `w${index}`, file: comparisonFile(each) }],
    );
    const untyped = all.filter((each) => 'reason' in each);
    const broken = await brokenFolders(typed);
    const worlds = typed.filter((each) => !broken.has(each.folder));
    const comparisons = worlds.flatMap(({ file }) => file.comparisons);
    return findings(worlds, untyped, comparisons, await explain(worlds));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The worlds for which a file of jco is not TypeScript: it would keep the compiler from comparing any types. */
async function brokenFolders(worlds: readonly ComparedWorld[]): Promise<ReadonlySet<string>> {
  const errors = await compileStrictly(
    worlds.flatMap((each) => filesOf(each, 0)),
    COMPILE_OPTIONS,
  );
  return new Set(errors.filter(isSyntax).map(({ path }) => path.slice(0, path.indexOf('/'))));
}

function isSyntax({ path, message }: CompileError): boolean {
  return path.includes('/jco/') && /^error TS1\d{3}:/u.test(message);
}

/** What does not hold, with the reason after which it holds, or the compiler's message if there is none. */
interface Explained extends Comparison {
  readonly reason: number | undefined;
  readonly message: string;
}

async function explain(worlds: readonly ComparedWorld[]): Promise<readonly Explained[]> {
  let open = await failures(worlds, 0);
  const explained: Explained[] = [];
  for (const index of REASONS.keys()) {
    if (open.size === 0) break;
    const left = await failures(worlds, index + 1);
    for (const [comparison, message] of open)
      if (!left.has(comparison)) explained.push({ ...comparison, reason: index, message });
    open = new Map(
      [...open]
        .filter(([comparison]) => left.has(comparison))
        .map(([comparison]) => [comparison, left.get(comparison)!]),
    );
  }
  for (const [comparison, message] of open) explained.push({ ...comparison, reason: undefined, message });
  return explained;
}

/** Returns the comparisons that do not hold when the first reasons are taken away. */
async function failures(
  worlds: readonly ComparedWorld[],
  reasons: number,
): Promise<ReadonlyMap<Comparison, string>> {
  const errors = await compileStrictly(
    worlds.flatMap((each) => filesOf(each, reasons)),
    COMPILE_OPTIONS,
  );
  const byPath = new Map(worlds.map((each) => [`${each.folder}/compare.ts`, each.file]));
  const failed = new Map<Comparison, string>();
  for (const { path, line, message } of errors) {
    const file = byPath.get(path);
    if (file === undefined) continue;
    const comparison = file.comparisons[line - file.head.length - 1];
    if (comparison === undefined) throw new Error(`${path}:${line}: ${message}`);
    failed.set(comparison, message);
  }
  return failed;
}

function filesOf({ folder, ours, jco, file }: ComparedWorld, reasons: number): readonly SourceText[] {
  const removed = REASONS.slice(0, reasons);
  const inside = (name: 'ours' | 'jco', files: readonly SourceText[]): SourceText[] =>
    files.map((each) => {
      const { path, content } = withoutReasons(each, name, removed);
      // A module without exports is none: an interface without functions and types may be imported.
      return { path: `${folder}/${name}/${path}`, content: `${content}\nexport {};\n` };
    });
  const content = [...file.head, ...file.lines, ''].join('\n');
  return [...inside('ours', ours), ...inside('jco', jco), { path: `${folder}/compare.ts`, content }];
}

function findings(
  worlds: readonly ComparedWorld[],
  untyped: readonly UntypedWorld[],
  comparisons: readonly Comparison[],
  differences: readonly Explained[],
): StudyFindings {
  const row = (title: string, of: readonly Comparison[]): string[] => [
    title,
    ...USES.map(({ covers }) => of.filter(covers).length.toLocaleString('en')),
  ];
  const unexplained = differences.filter(({ reason }) => reason === undefined);
  const rows = [
    row('compared', comparisons),
    ...REASONS.map(({ text }, index) =>
      row(
        text,
        differences.filter(({ reason }) => reason === index),
      ),
    ),
    row('other differences', unexplained),
  ];
  const headings = ['', ...USES.map(({ heading }) => heading)];
  const markdown = [
    `${worlds.length} worlds for which both generate types.`,
    '',
    ...markdownTable(headings, rows),
    ...unexplained
      .slice(0, 20)
      .map(
        ({ world, func, direction, what, from, message }) =>
          `\n- ${world}, ${direction} ${func}, ${what} from ${from}: ${message}`,
      ),
  ].join('\n');
  return { markdown, failed: unexplained.length > 0, data: { differences, untyped } };
}

/** Programs that were written for the types of one tool and use the other. */
const USES: readonly { readonly heading: string; readonly covers: (comparison: Comparison) => boolean }[] = [
  { heading: 'hosts written for jco', covers: isUse('import', 'jco') },
  { heading: 'callers written for jco', covers: isUse('export', 'jco') },
  { heading: 'hosts written for wit-ts, with jco', covers: isUse('import', 'wit-ts') },
  { heading: 'callers written for wit-ts, with jco', covers: isUse('export', 'wit-ts') },
];

/**
 * A host takes parameters and gives results; who calls exports gives parameters and takes results.
 *
 * @param written the tool whose types the program was written for
 */
function isUse(side: Direction, written: Comparison['from']): (comparison: Comparison) => boolean {
  return ({ direction, what, from }) =>
    direction === side && (from === written) === (what === (side === 'import' ? 'result' : 'parameters'));
}
