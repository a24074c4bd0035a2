import {
  handlerInterface,
  isModuleName,
  type StaticFile,
  type Target,
  transpile as writeModule,
  transpileWorker,
} from '@wit-ts/transpile';
import { printable } from '@wit-ts/diagnostics';
import type { MappingChoices } from '@wit-ts/mapping';
import path from 'node:path';
import type { CommandContext, CommonOptions } from '../command-context.ts';
import { EXIT, Failure, inputFailure, usageFailure, type ExitCode } from '../failure.ts';
import { bytesOf, operatorsOf } from '../flag-values.ts';
import { isEvery } from '../gen/async-lists.ts';
import { withLocks } from '../gen/lock.ts';
import { shownDirectory } from '../gen/print-changes.ts';
import { displayName, readComponent } from '../read-input.ts';
import { withFlagNames } from '../run/limit-flags.ts';
import {
  moduleChanges,
  refuseForeign,
  sealed,
  writeModuleFiles,
  type ModuleChanges,
} from '../transpile/module-changes.ts';
import { readComponentFiles } from '../transpile/component-files.ts';
import { sourceMapReader } from '../transpile/source-map-file.ts';
import { grantingFlag, workerGrants, type WorkerFlags } from '../transpile/worker-grants.ts';

interface TranspileFlags extends CommonOptions, WorkerFlags {
  readonly out?: string;
  readonly name?: string;
  readonly target?: string;
  readonly inlineBelow?: string;
  readonly minify?: boolean;
  readonly suspend?: readonly string[];
  readonly map?: readonly string[];
  readonly component?: readonly string[];
  readonly results?: string;
  readonly flags?: string;
  readonly casing?: string;
  readonly lazy?: boolean;
  readonly maxMemory?: string;
  readonly fuel?: string;
  readonly trace?: boolean;
  readonly jsOnly?: boolean;
  readonly force?: boolean;
}

/** Writes a component as a static module. */
export async function transpile(
  context: CommandContext,
  [given = '']: readonly string[],
  flags: TranspileFlags,
): Promise<ExitCode> {
  const name = flags.name ?? nameOf(given);
  const prints = flags.out === '-';
  refuseContradictions(flags, prints);
  const { bytes } = await readComponent(context, given);
  const files = await context
    .progress(`transpiling ${given}`, () =>
      writesWorker(bytes, flags)
        ? workerFiles(context, bytes, given, { ...flags, name })
        : staticFiles(context, bytes, given, { ...flags, name }, prints),
    )
    .catch((error: unknown) => {
      throw error instanceof Error && error.name === 'LinkError' ? linkFailure(given, error) : error;
    });
  if (prints) {
    const text = String(files[0]!.content);
    if (context.json) context.outJson({ files: [{ path: files[0]!.path, content: text }] });
    else context.out(text);
    return EXIT.success;
  }
  const directory = directoryOf(context.io.cwd, given, flags.out);
  report(context, await written(directory, sealed(files), name, flags.force ?? false));
  return EXIT.success;
}

/** @throws Failure if a flag would have no effect beside the others */
function refuseContradictions(flags: TranspileFlags, prints: boolean): void {
  const { target, worker, inlineBelow, force, map = [] } = flags;
  if (worker === false && target !== 'workerd')
    throw usageFailure('`--no-worker` is for `--target workerd`: every other target has a module');
  if (inlineBelow !== undefined && prints)
    throw usageFailure('`-o -` prints one module, which has all core modules: leave out `--inline-below`');
  if (inlineBelow !== undefined && target === 'workerd')
    throw usageFailure(
      '`--inline-below` has no effect for workerd, where core modules are files of their own: leave it out',
    );
  if (force === true && prints) throw usageFailure('`-o -` writes no file: leave out `--force`');
  const modules = new Map<string, string>();
  for (const [name, module] of map.map(mapEntry)) {
    const before = modules.get(name);
    if (before !== undefined && before !== module)
      throw usageFailure(
        `--map ${name}=${module}: \`${name}\` is mapped to \`${before}\` already`,
        'map it once',
      );
    modules.set(name, module);
  }
}

/** Returns the name of the module for the path of a component: without its extension and what no file may have. */
function nameOf(given: string): string {
  const name = path
    .basename(given)
    .replace(/\.wasm$/u, '')
    .replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replaceAll(/^[.-]+|\.+$/gu, '')
    .slice(0, 100);
  return isModuleName(name) ? name : 'component';
}

function directoryOf(cwd: string, given: string, out: string | undefined): string {
  if (out === '') throw usageFailure('`-o` needs a directory', '`-o -` prints the module');
  if (out !== undefined) return path.resolve(cwd, out);
  return given === '-'
    ? path.join(cwd, 'transpiled')
    : path.join(path.dirname(path.resolve(cwd, given)), 'transpiled');
}

/**
 * Returns true if the component becomes a worker: it handles requests, and the platform is workerd.
 *
 * @throws Failure if it does not, although a flag is only for workers
 */
function writesWorker(bytes: Uint8Array, flags: TranspileFlags): boolean {
  const isForWorkerd = flags.target === 'workerd' && flags.worker !== false && flags.out !== '-';
  if (isForWorkerd && handlerInterface(bytes) !== undefined) return true;
  const granting = grantingFlag(flags);
  if (granting === undefined) return false;
  throw usageFailure(
    `\`${granting}\` is for workers, and ${isForWorkerd ? 'the component handles no HTTP requests' : 'this writes a module'}`,
    isForWorkerd
      ? 'give the grants to the host of the module'
      : 'workers are written with `--target workerd`',
  );
}

async function workerFiles(
  context: CommandContext,
  bytes: Uint8Array,
  given: string,
  flags: TranspileFlags & { readonly name: string },
): Promise<readonly StaticFile[]> {
  const { name, minify = false, map, suspend, lazy, inlineBelow, results, casing } = flags;
  checkName(name);
  const ofModules = {
    map,
    suspend,
    lazy,
    'inline-below': inlineBelow,
    results,
    flags: flags.flags,
    casing,
    trace: flags.trace,
    'js-only': flags.jsOnly,
  };
  const other = Object.entries(ofModules).find(([, value]) => value !== undefined);
  if (other !== undefined)
    throw usageFailure(
      `\`--${other[0]}\` is for modules, and a component that handles requests becomes a worker`,
      '`--no-worker` writes a module',
    );
  const granted = workerGrants(context, given, flags);
  const components = await readComponentFiles(context, flags.component);
  try {
    return await transpileWorker(bytes, { name, minify, components, ...granted, ...limitsOf(flags) });
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('`components`'))
      throw usageFailure(error.message.replace('`components`', '--component'));
    if (error instanceof TypeError && error.message.startsWith('grants')) {
      const from = flags.grants === undefined ? '' : ` (\`${flags.grants}\`)`;
      throw usageFailure(`${error.message.replace(/^grants\.dirs\[\d+\]\.guest/u, '--dir')}${from}`);
    }
    if (error instanceof TypeError || error instanceof RangeError)
      throw inputFailure(
        `${displayName(given)} cannot become a worker: ${error.message}`,
        '`--no-worker` writes a module, to which a host gives its imports',
      );
    throw error;
  }
}

async function staticFiles(
  context: CommandContext,
  bytes: Uint8Array,
  given: string,
  flags: TranspileFlags & { readonly name: string },
  prints: boolean,
): Promise<readonly StaticFile[]> {
  const { name, target, minify = false, suspend, map = [] } = flags;
  checkName(name);
  const components = await readComponentFiles(context, flags.component);
  if (prints && target === 'workerd')
    throw usageFailure('`-o -` prints one module, and for workerd the core modules are files of their own');
  const inlineBelow =
    flags.inlineBelow === undefined ? undefined : bytesOf('--inline-below', flags.inlineBelow);
  const sourceMap = sourceMapReader(context.io.cwd, given);
  try {
    return await writeModule(bytes, {
      name,
      ...(sourceMap === undefined ? {} : { sourceMap }),
      ...(target === undefined ? {} : { target: target as Target }),
      inlineBelow: prints ? Infinity : (inlineBelow ?? 0),
      minify,
      ...(suspend === undefined || suspend.length === 0
        ? {}
        : { suspend: suspend.some(isEvery) ? true : suspend }),
      mapping: { results: flags.results, flags: flags.flags, casing: flags.casing } as MappingChoices,
      map: Object.fromEntries(map.map(mapEntry)),
      components,
      ...(flags.lazy === true ? { eager: false } : {}),
      ...limitsOf(flags),
      ...(flags.trace === true ? { trace: true } : {}),
      types: !prints && flags.jsOnly !== true,
    });
  } catch (error) {
    if (
      error instanceof TypeError &&
      /^`(?:name|target|map|components|options\.suspend|mapping\.\w+)`/u.test(error.message)
    )
      throw usageFailure(
        error.message
          .replace(/^`components`/u, '--component')
          .replace(/^`(?:(?:options|mapping)\.)?(\w+)`/u, '--$1'),
      );
    if (error instanceof TypeError || error instanceof RangeError)
      throw inputFailure(`${displayName(given)} cannot be transpiled: ${error.message}`);
    throw error;
  }
}

function checkName(name: string): void {
  if (isModuleName(name)) return;
  throw usageFailure(
    `--name ${name}: not a name for files`,
    'use letters, digits, `_`, `-` and `.`, and no device of Windows such as `con`: --name app',
  );
}

/**
 * Returns the failure for limits within which no instance can start, or for a component that is given and does not fit.
 */
function linkFailure(given: string, error: Error & { readonly code?: unknown }): Failure {
  const message = printable(error.message);
  return new Failure(
    EXIT.checkFailed,
    error.code === 'over-limit'
      ? `no instance of ${displayName(given)} could start: ${withFlagNames(message)}`
      : `${displayName(given)} cannot be linked: ${message}`,
  );
}

/** Returns the limits of instances, if there are any. */
function limitsOf({ maxMemory, fuel }: TranspileFlags): {
  readonly limits?: { readonly memoryBytes?: number; readonly fuel?: number };
} {
  if (maxMemory === undefined && fuel === undefined) return {};
  return {
    limits: {
      ...(maxMemory === undefined ? {} : { memoryBytes: bytesOf('--max-memory', maxMemory) }),
      ...(fuel === undefined ? {} : { fuel: operatorsOf('--fuel', fuel) }),
    },
  };
}

function mapEntry(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw usageFailure(
      `--map ${text}: not the name of an import and a module`,
      `write it like --map 'example:service/processor=./processor.js'`,
    );
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Writes the files, or none. Returns what was done. */
async function written(
  directory: string,
  files: readonly StaticFile[],
  name: string,
  force: boolean,
): Promise<ModuleChanges> {
  const check = async (): Promise<ModuleChanges> => {
    const changes = await moduleChanges(directory, files, name);
    if (!force) refuseForeign(changes);
    return changes;
  };
  const planned = await check();
  if (planned.files.every(({ status }) => status === 'same')) return planned;
  return withLocks([directory], async () => {
    // Another run may have written in between.
    const changes = await check();
    await writeModuleFiles(changes);
    return changes;
  });
}

function report(context: CommandContext, { directory, files }: ModuleChanges): void {
  if (context.json) {
    const list = files.map(({ path: file, status, content }) => ({
      path: file,
      status,
      ...(content === undefined ? {} : { bytes: Buffer.byteLength(content) }),
    }));
    context.outJson({ directory, files: list });
    return;
  }
  const shown = shownDirectory(directory, context.io.cwd);
  const differing = files.filter(({ status }) => status !== 'same');
  if (differing.length === 0) context.note(`${shown} is up to date (${files.length} files)`);
  for (const { path: file, status, content = '' } of differing) {
    const name = path.join(shown, file);
    // A run never removes a file in silence.
    if (status === 'stale') context.error(`removed ${name}`);
    else context.note(`wrote ${name} (${Buffer.byteLength(content)} bytes)`);
  }
}
