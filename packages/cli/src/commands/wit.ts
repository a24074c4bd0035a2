import { print, printPackages, toJson, type PrintedPackage } from '@wit-ts/wit';
import { printableLine } from '@wit-ts/diagnostics';
import path from 'node:path';
import { EXIT, Failure, inputFailure, usageFailure, type ExitCode } from '../failure.ts';
import { lineText } from '../output-text.ts';
import { displayName, readInput, type ComponentInput } from '../read-input.ts';
import { selectWorldOrThrow } from '../select-world.ts';
import type { CommandContext, WitOptions } from '../command-context.ts';

interface WitCommandOptions extends WitOptions {
  /** Where to write a package directory, instead of printing the text. */
  readonly outDir?: string;
  readonly check?: boolean;
  readonly force?: boolean;
}

/** Prints the resolved WIT of a package or component with all packages that it needs, or writes it to a directory. */
export async function wit(
  context: CommandContext,
  args: readonly string[],
  options: WitCommandOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  checkOptions(options);
  const isJsonOfReference = context.json && options.outDir === undefined;
  const read = { ...options, referenceDocs: isJsonOfReference };
  const input = await context.progress(`reading ${given}`, () => readInput(context, given, read));
  if (input.tag === 'component') {
    const { refuseUnwritableNames } = await import('../writable-names.ts');
    refuseUnwritableNames(input, displayName(given));
  }
  const { resolve } = input;
  if (isJsonOfReference) {
    context.outJson(toJson(resolve));
    return EXIT.success;
  }
  const main = input.tag === 'wit' ? input.package : input.world.package!;
  const what = options.world === undefined ? main : await selectWorldOrThrow(resolve, main, options.world);
  const text = expressed(displayName(given), () => print(resolve, what, { nested: true }));
  const failure =
    input.tag === 'component' ? await reportLoss(context, text, input, displayName(given)) : undefined;
  if (options.outDir === undefined) {
    context.out(text);
    if (failure !== undefined) context.failure(failure);
    return failure?.exitCode ?? EXIT.success;
  }
  if (failure !== undefined) throw failure;
  const directory = path.resolve(context.io.cwd, options.outDir);
  return writeDirectory(context, directory, printPackages(resolve, what), options);
}

function checkOptions({ outDir, check, force }: WitCommandOptions): void {
  if (outDir === undefined && (check === true || force === true))
    throw usageFailure(`\`--${check === true ? 'check' : 'force'}\` needs \`--out-dir\``);
  if (outDir === '-' || outDir === '')
    throw usageFailure('`--out-dir` needs a directory', 'leave it out to print the text');
}

/** @throws Failure if WIT cannot express a type or a gate */
function expressed(name: string, printText: () => string): string {
  try {
    return printText();
  } catch (error) {
    if (error instanceof RangeError) throw inputFailure(`${name} cannot be written as WIT: ${error.message}`);
    throw error;
  }
}

/** More reasons than these are counted. */
const MAX_LISTED = 8;

/** Says what the text leaves out. Returns the failure if the text cannot be read as WIT. */
async function reportLoss(
  context: CommandContext,
  text: string,
  input: ComponentInput,
  name: string,
): Promise<Failure | undefined> {
  const { witLoss } = await import('../component-wit.ts');
  const { isReadable, reasons } = await witLoss(text, input);
  if (reasons.length === 0) return undefined;
  const more = reasons.length - MAX_LISTED;
  const shown = [...reasons.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : [])];
  const message = `WIT cannot express all of ${name}`;
  if (!isReadable)
    return new Failure(
      EXIT.checkFailed,
      `${message}, so the text cannot be read as WIT: ${shown.join('; ')}`,
    );
  if (context.lines)
    for (const reason of reasons) context.note(lineText('', 'warning', 'inexpressible', reason));
  else
    context.note(
      [`warning: ${message}:`, ...shown.map((reason) => `  - ${printableLine(reason)}`)].join('\n'),
    );
  return undefined;
}

async function writeDirectory(
  context: CommandContext,
  directory: string,
  packages: readonly PrintedPackage[],
  { check = false, force = false }: WitCommandOptions,
): Promise<ExitCode> {
  const { directoryFiles, witDirectoryChanges, writeWitDirectory } = await import('../wit-directory.ts');
  const changes = await witDirectoryChanges(directory, directoryFiles(packages));
  if (!check) await writeWitDirectory(changes, force);
  const relative = path.relative(context.io.cwd, directory) || '.';
  const shown = relative.startsWith('..') ? directory : relative;
  const differing = changes.files.filter(({ status }) => status !== 'same');
  if (context.json) {
    const files = changes.files.map(({ path: file, status }) => ({ path: file, status }));
    context.outJson({ directory, files, foreign: changes.foreign });
  } else if (check) {
    for (const { path: file, status } of differing)
      reportFinding(context, path.join(shown, file), status === 'new' ? 'missing' : 'out of date');
    for (const file of changes.foreign)
      reportFinding(context, path.join(shown, file), 'not a part of the package');
  } else {
    for (const { path: file } of differing) context.note(`wrote ${path.join(shown, file)}`);
    if (differing.length === 0) context.note(`${shown} is up to date`);
  }
  return check && differing.length + changes.foreign.length > 0 ? EXIT.checkFailed : EXIT.success;
}

function reportFinding(context: CommandContext, file: string, what: string): void {
  if (context.lines) context.outLine(`${file}:1:1`, 'error', 'out-of-date', what);
  else context.out(`${what}: ${file}`);
}
