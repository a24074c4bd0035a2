import { diagnosticsJson, type CommandContext } from '../command-context.ts';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { applyChanges, isUpToDate, refuseEdited, removeLeftovers } from '../gen/apply-changes.ts';
import { Generator, type Generation, type Job } from '../gen/generations.ts';
import { jobsOf, type GenOptions } from '../gen/jobs.ts';
import { withLocks } from '../gen/lock.ts';
import { readOutputDirectory } from '../gen/output-directory.ts';
import { planChanges, type DirectoryChanges } from '../gen/plan-changes.ts';
import { printChanges } from '../gen/print-changes.ts';
import { printStubs, stubsOf, type Stub } from '../gen/stubs.ts';
import { missingRuntimeWarning } from '../missing-runtime.ts';
import { lineText } from '../output-text.ts';
import type { FileToWrite } from '../write-files.ts';

/** Generates TypeScript bindings for worlds. */
export async function gen(
  context: CommandContext,
  args: readonly string[],
  options: GenOptions,
): Promise<ExitCode> {
  const [given] = args;
  checkOptions(given, options);
  const jobs = await jobsOf(context, given, options);
  if (options.watch !== true) return generateOnce(context, jobs, options, options.check !== true);
  const { watchInputs } = await import('../watch-input.ts');
  const inputs = jobs.map(({ input }) => input);
  const outputs = jobs.map(({ directory }) => directory);
  let isFirst = true;
  return watchInputs(context, inputs, outputs, async () => {
    await generateOnce(context, jobs, options, isFirst);
    isFirst = false;
  });
}

function checkOptions(given: string | undefined, options: GenOptions): void {
  if (options.watch === true && given === '-') throw usageFailure('`--watch` cannot watch standard input');
  if (options.watch === true && options.check === true)
    throw usageFailure('`--watch` writes files and `--check` does not: choose one');
  if (options.out === '')
    throw usageFailure(
      '`-o` needs a directory',
      '`-o .` is the current directory, and `-o -` prints the files',
    );
  if (options.out === '-' && (options.check === true || options.watch === true)) {
    throw usageFailure('`-o -` prints the files, so it works with neither `--check` nor `--watch`');
  }
  if (options.out === '-' && options.force === true)
    throw usageFailure('`-o -` writes no file, so `--force` overwrites none: leave one of the two out');
  if (options.out === '-' && options.stub === true)
    throw usageFailure('`-o -` writes no file that a skeleton could import: leave out `-o -` or `--stub`');
}

async function generateOnce(
  context: CommandContext,
  jobs: readonly Job[],
  options: GenOptions,
  warns: boolean,
): Promise<ExitCode> {
  const generator = new Generator(context);
  const byDirectory = new Map<string, Generation[]>();
  const what = jobs.length === 1 ? jobs[0]!.given : `${jobs.length} inputs`;
  await context.progress(`generating bindings for ${what}`, async () => {
    for (const job of jobs) {
      const generations = byDirectory.get(job.directory) ?? [];
      byDirectory.set(job.directory, [...generations, ...(await generator.run(job))]);
    }
  });
  if (options.out === '-') return print(context, [...byDirectory.values()].flat());

  const force = options.force ?? false;
  const plan = (): Promise<DirectoryChanges[]> => planAll(byDirectory, generator, force);
  let changes = await plan();
  const stubs = options.stub === true && options.check !== true ? await stubsOf(context, byDirectory) : [];
  if (options.check !== true) changes = await write(changes, stubs, plan, force, context.io.cwd);
  report(context, { changes, stubs }, generator, options);
  if (warns) warn(context, changes);
  const isStale = changes.some(({ files }) => files.some(({ status }) => status !== 'same'));
  return options.check === true && isStale ? EXIT.checkFailed : EXIT.success;
}

async function planAll(
  byDirectory: ReadonlyMap<string, readonly Generation[]>,
  generator: Generator,
  force: boolean,
): Promise<DirectoryChanges[]> {
  const changes: DirectoryChanges[] = [];
  for (const [directory, generations] of byDirectory)
    changes.push(await planChanges(readOutputDirectory(directory), generations, generator, force));
  return changes;
}

/** Writes all directories and new skeletons, or none if a file was edited by hand. Returns what was done. */
async function write(
  planned: readonly DirectoryChanges[],
  stubs: readonly Stub[],
  plan: () => Promise<DirectoryChanges[]>,
  force: boolean,
  cwd: string,
): Promise<DirectoryChanges[]> {
  const directories = planned.map(({ directory }) => directory);
  const check = (changes: readonly DirectoryChanges[]): void => {
    if (!force) for (const each of changes) refuseEdited(each, cwd);
  };
  check(planned);
  const others = stubs.flatMap(({ status, toWrite }) => (status === 'new' ? [toWrite] : []));
  let changes = [...planned];
  if (!changes.every(isUpToDate)) {
    changes = await withLocks(directories, async () => {
      // Another run may have written in between.
      const now = await plan();
      check(now);
      applyChanges(now, others);
      return now;
    });
  } else {
    applyChanges([], others);
  }
  for (const directory of directories) removeLeftovers(directory);
  return changes;
}

function report(
  context: CommandContext,
  { changes, stubs }: { readonly changes: readonly DirectoryChanges[]; readonly stubs: readonly Stub[] },
  generator: Generator,
  { check = false, stub = false }: GenOptions,
): void {
  if (!context.json) {
    for (const each of changes) printChanges(context, each, check);
    printStubs(context, stubs);
    return;
  }
  const outputs = changes.map(({ directory, files }) => ({
    directory,
    files: files.map(({ path: file, status }) => ({ path: file, status })),
  }));
  const diagnostics = diagnosticsJson(generator.diagnostics);
  const all = outputs.length === 1 ? { ...outputs[0] } : { outputs };
  const shown = stubs.map(({ path, status }) => ({ path, status }));
  context.outJson({ ...all, ...(stub && { stubs: shown }), diagnostics });
}

function warn(context: CommandContext, changes: readonly DirectoryChanges[]): void {
  for (const { directory, files } of changes) {
    const warning = missingRuntimeWarning(directory, files);
    if (warning === undefined) continue;
    context.note(context.lines ? lineText('', 'warning', 'missing-runtime', warning) : `warning: ${warning}`);
    return;
  }
}

/** Prints the files, each under a line with its path; a single file stays as it is. */
function print(context: CommandContext, generations: readonly Generation[]): ExitCode {
  const files = new Map<string, FileToWrite>();
  for (const generation of generations) for (const file of generation.unsealed) files.set(file.path, file);
  const list = [...files.values()];
  if (context.json) context.outJson({ files: list });
  else if (list.length === 1) context.out(list[0]!.content);
  else context.out(list.map(({ path: file, content }) => `// ---- ${file}\n${content}`).join('\n'));
  return EXIT.success;
}
