import { renderReport, reportToJson } from '@wit-ts/check';
import { generate } from '@wit-ts/bindgen';
import { printPackages } from '@wit-ts/wit';
import type { World } from '@wit-ts/model';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandContext, WitOptions } from '../command-context.ts';
import { buildComponent, engineProject } from '../componentize/build-component.ts';
import { type BuiltComponentReport, reportOn } from '../componentize/built-component-report.ts';
import { bundleGuest } from '../componentize/bundle-guest.ts';
import { checkTypes } from '../componentize/check-types.ts';
import { componentOutput, writeComponent } from '../componentize/component-output.ts';
import {
  type BuildJob,
  disabledFeatures,
  type GuestEngine,
  ENGINES,
  mentionsWasi,
} from '../componentize/engines.ts';
import { exportsTypeOf, hostModules } from '../componentize/guest-declarations.ts';
import { EXIT, type ExitCode, fileFailure, Findings, usageFailure } from '../failure.ts';
import { namesIn, refuseUnknownFunctions } from '../gen/async-lists.ts';
import { installCommand } from '../project-packages.ts';
import { readWit } from '../read-input.ts';
import { readGivenFile } from '../regular-file.ts';
import { selectWorldOrThrow } from '../select-world.ts';
import { directoryFiles } from '../wit-directory.ts';
import { type FileToWrite, writeFiles } from '../write-files.ts';

interface ComponentizeOptions extends WitOptions {
  readonly wit: string;
  readonly out?: string;
  readonly backend: string;
  readonly asyncExports?: readonly string[];
  readonly types?: boolean;
}

/** Builds a component from a guest in TypeScript or JavaScript, and checks that it satisfies its world. */
export async function componentize(
  context: CommandContext,
  [given = '']: readonly string[],
  options: ComponentizeOptions,
): Promise<ExitCode> {
  const { cwd, signal } = context.io;
  const guest = guestPath(context, given);
  const engine = engineOf(options.backend);
  const output = componentOutput(cwd, guest, options.out);
  const target = await context.progress(`reading ${options.wit}`, () =>
    readWit(context, options.wit, options),
  );
  const world = await selectWorldOrThrow(target.resolve, target.package, options.world);
  const chosen = options.asyncExports ?? [];
  await refuseUnknownFunctions([world], { asyncImports: [], asyncExports: chosen });
  const asyncExports = await namesIn(world, 'export', chosen);
  const declarations = await generate(target.resolve, world, { side: 'guest', asyncExports });

  if (options.types !== false && /\.[cm]?tsx?$/u.test(guest)) {
    const errors = await context.progress(`checking the types of ${given}`, () =>
      checkTypes({ guest, declarations, exports: exportsTypeOf(declarations, world), cwd, signal }),
    );
    if (errors === 'no-compiler')
      context.note(
        `note: the types of \`${given}\` are not checked, because TypeScript is not installed here: ${installCommand(path.dirname(guest), 'typescript', { isForDevelopment: true })}`,
      );
    else if (errors.length > 0) throw new Findings(errors);
  }
  const files = directoryFiles(printPackages(target.resolve, target.package));
  if (engine.name === 'quickjs' && files.some(({ content }) => mentions(content, '[us]64')))
    context.note(
      'note: this engine has numbers for 64-bit integers, where the types of a guest say `bigint`: a `bigint` ends the component',
    );
  const source = await bundleGuest(guest, hostModules(declarations), cwd);
  const project = engineProject(engine, [path.dirname(guest), cwd]);
  const bytes = await context.progress(`building ${path.basename(output)}`, () =>
    built(engine, source, files, world, { project, signal, waits: asyncExports !== false }),
  );
  const found = reportOn(bytes, target, world);
  const { satisfied } = found.report;
  if (satisfied) writeComponent(output, bytes);
  print(context, found, path.relative(cwd, output) || output, bytes.length);
  return satisfied ? EXIT.success : EXIT.checkFailed;
}

/** @throws Failure if the guest is not a file */
function guestPath({ io: { cwd } }: CommandContext, given: string): string {
  if (given === '-') throw usageFailure('a guest has imports, so it cannot be read from standard input');
  const file = path.resolve(cwd, given);
  try {
    readGivenFile(file, given);
  } catch (error) {
    throw fileFailure('read', given, error);
  }
  if (!/\.(?:[cm]?[jt]s|[jt]sx)$/u.test(given) || /\.d\.[cm]?ts$/u.test(given))
    throw usageFailure(
      `\`${given}\` is not a guest in TypeScript or JavaScript`,
      'name its main module: `wit-ts componentize guest.ts --wit wit`',
    );
  return file;
}

function engineOf(name: string): GuestEngine {
  if (name === 'starling' || name === 'quickjs') return ENGINES[name];
  throw usageFailure(`--backend ${name}: there is no such engine`, 'it takes starling and quickjs');
}

async function built(
  engine: GuestEngine,
  source: string,
  files: readonly FileToWrite[],
  world: World,
  {
    project,
    signal,
    waits,
  }: { readonly project: string; readonly signal: AbortSignal; readonly waits: boolean },
): Promise<Uint8Array> {
  const directory = await mkdtemp(path.join(tmpdir(), 'wit-ts-componentize-'));
  try {
    const wit = path.join(directory, 'wit');
    writeFiles(wit, files);
    writeFiles(directory, [{ path: 'guest.js', content: source }]);
    const job: BuildJob = {
      source: path.join(directory, 'guest.js'),
      wit,
      world: world.name,
      disabled: disabledFeatures(world),
      usesWasi: mentionsWasi(world),
      isAsync: waits || files.some(({ content }) => mentions(content, ASYNC)),
    };
    return await buildComponent(engine, job, { project, directory, signal });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The words of WIT for asynchronous functions, streams and futures. */
const ASYNC = '(?:async|stream|future|error-context)';

/** Whether a line of printed WIT that is not a comment has a word. */
function mentions(wit: string, word: string): boolean {
  return new RegExp(`^(?!\\s*//).*\\b${word}\\b`, 'mu').test(wit);
}

function print(
  context: CommandContext,
  { report, engineImports }: BuiltComponentReport,
  output: string,
  bytes: number,
): void {
  if (context.json) {
    const written = report.satisfied ? { file: output, bytes } : {};
    context.outJson({ ...written, ...reportToJson(report), engineImports });
  } else if (report.satisfied) {
    context.note(`wrote ${output} (${bytes} bytes)`);
    if (engineImports.length > 0)
      context.note(
        `note: the engine also imports these of WASI, which the world does not name: ${engineImports.join(', ')}`,
      );
  } else {
    context.out(renderReport(report, { color: context.color(), component: 'the component' }));
    context.note('nothing was written');
  }
}
