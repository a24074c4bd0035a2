import { printable } from '@wit-ts/diagnostics';
import { typeText, type Func, type World } from '@wit-ts/model';
import type { LinkError, Trap } from '@wit-ts/runtime';
import { exitOf, type Grants, instantiateWithGrants } from '@wit-ts/wasi/run';
import { EXIT, Failure, inputFailure, usageFailure } from '../failure.ts';
import { exampleCall } from './example-call.ts';
import { displayName, readComponent } from '../read-input.ts';
import { findFunction, type ExportedFunction } from './find-function.ts';
import { resultText } from './result-text.ts';
import type { GrantFlags } from '../grants/grants-of.ts';
import { RefusalNotes } from '../grants/refusal-notes.ts';
import type { CommandContext } from '../command-context.ts';
import { parseArguments } from '../wave/parse.ts';
import {
  type FlagLimits,
  fuelReport,
  type LimitFlags,
  limitsOfFlags,
  withFlagNames,
} from '../run/limit-flags.ts';
import { WaveError } from '../wave/reader.ts';

/**
 * Calls one export of a component with values in WAVE, and prints its result. The exit code is that of the program if
 * the function ends the program.
 */
export async function invokeExport(
  context: CommandContext,
  given: string,
  invoke: string,
  grants: Grants,
  flags: LimitFlags & GrantFlags,
): Promise<number> {
  const traced =
    flags.trace === true
      ? (await import('../grants/traced-grants.ts')).tracedGrants(context, flags, grants)
      : grants;
  const limits = await limitsOfFlags(flags);
  const { bytes, world } = await context.progress(`reading ${given}`, () => readComponent(context, given));
  const open = invoke.indexOf('(');
  const name = (open < 0 ? invoke : invoke.slice(0, open)).trim();
  const found = open < 0 ? findWithoutCall(world, name) : findFunction(world, name);
  const values = open < 0 ? withoutArguments(found, name) : argumentsOf(found, invoke, open);
  const { text, exitCode } = await context.progress(`running ${name}`, () =>
    call(context, given, bytes, found, values, { grants: traced, limits }),
  );
  if (context.json) context.outJson({ result: text, exitCode, fuel: fuelReport(limits) });
  else if (text !== undefined) context.out(text);
  return exitCode ?? EXIT.success;
}

/** Finds the function of a text without parentheses, which may be followed by arguments: `greet "Ada"`. */
function findWithoutCall(world: World, text: string): ExportedFunction {
  const [name = ''] = /^[^\s"'[{]*/u.exec(text) ?? [];
  const found = findFunction(world, name === '' ? text : name);
  if (name === text || name === '') return found;
  throw usageFailure(
    `\`--invoke ${text}\` is not a call`,
    `write the arguments in parentheses: --invoke '${exampleCall({ ...found.func, name })}'`,
  );
}

/** A call without parentheses works only if the function needs no arguments. */
function withoutArguments({ func }: ExportedFunction, name: string): unknown[] {
  try {
    return parseArguments('()', func.params);
  } catch (error) {
    if (!isWaveError(error)) throw error;
    throw usageFailure(
      `\`--invoke ${name}\` has no arguments, and the function has ${paramsText(func)}`,
      `write the call with its arguments in parentheses: --invoke '${exampleCall({ ...func, name })}'`,
    );
  }
}

function paramsText({ params }: Func): string {
  const texts = params.map(({ name, type }) => `\`${name}: ${typeText(type)}\``);
  return `the ${texts.length === 1 ? 'parameter' : 'parameters'} ${texts.join(', ')}`;
}

function argumentsOf({ func }: ExportedFunction, invoke: string, start: number): unknown[] {
  try {
    return parseArguments(invoke.slice(start), func.params);
  } catch (error) {
    if (!isWaveError(error)) throw error;
    const offset = start + error.offset;
    // Characters are counted as people see them: one outside the basic plane has two units.
    const position = Array.from(invoke.slice(0, offset)).length + 1;
    const where = offset >= invoke.length ? 'at its end' : `character ${position}`;
    throw usageFailure(
      `--invoke, ${where}: ${error.message}`,
      `the function is called like this: '${exampleCall({ ...func, name: invoke.slice(0, start).trim() })}'`,
    );
  }
}

function isWaveError(error: unknown): error is WaveError {
  return error instanceof WaveError;
}

/** What a component is granted, and how much it may take. */
interface Allowed {
  readonly grants: Grants;
  readonly limits: FlagLimits | undefined;
}

/** What a call gave. */
interface Called {
  /** The result in WAVE; absent if the function has none. */
  readonly text?: string | undefined;
  /** Present if the function ended the program. */
  readonly exitCode?: number;
}

/** Calls the function. */
async function call(
  context: CommandContext,
  given: string,
  bytes: Uint8Array,
  { func, path }: ExportedFunction,
  values: readonly unknown[],
  { grants, limits }: Allowed,
): Promise<Called> {
  try {
    // What a task does after its call has returned fails without changing the result.
    const onError = ({ message }: Error): void =>
      context.note(`warning: ${printable(withFlagNames(message))}`);
    const reported = { ...grants, onRefused: new RefusalNotes(context).add };
    const { exports } = await instantiateWithGrants(bytes, reported, {
      onError,
      ...(limits !== undefined && { limits }),
    });
    let found: unknown = exports;
    for (const property of path) found = Reflect.get(found as object, property);
    const text = resultText(func, () => (found as (...args: readonly unknown[]) => unknown)(...values));
    return { text: await Promise.race([text, neverAnswered(context, func.name)]) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const exit = exitOf(error);
    if (exit !== undefined) return { exitCode: exit.code };
    if (error.name === 'Trap')
      throw new Failure(
        (error as Trap).code === 'out-of-fuel' ? EXIT.trap : EXIT.checkFailed,
        `\`${func.name}\` trapped: ${withFlagNames(error.message)}`,
      );
    if (error.name === 'LinkError' && (error as LinkError).code === 'over-limit')
      throw new Failure(
        EXIT.checkFailed,
        `${displayName(given)} cannot be run: ${withFlagNames(error.message)}`,
      );
    if (error.name === 'LinkError' && 'problems' in error)
      throw importsFailure(given, error.problems as LinkError['problems']);
    // The engine of the platform refused a core module.
    if (error instanceof WebAssembly.CompileError)
      throw inputFailure(`${displayName(given)} has an invalid core module: ${error.message}`);
    throw error;
  }
}

/** Rejects when the process would end without the result: no promise that is left can be settled. */
async function neverAnswered({ io }: CommandContext, name: string): Promise<never> {
  await io.idle();
  throw new Failure(
    EXIT.checkFailed,
    `\`${name}\` gave a stream or a future, and the component neither writes to it nor drops it`,
  );
}

/** More imports than these are counted. */
const MAX_LISTED = 20;

/** Says in one sentence what a component imports, by interface. The functions would fill pages. */
function importsFailure(given: string, problems: LinkError['problems']): Failure {
  const names = [...new Set(problems.map(({ path: [first = ''] }) => first))];
  const shown = names.slice(0, MAX_LISTED).map((name) => `\`${name}\``);
  const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
  return new Failure(
    EXIT.checkFailed,
    `${displayName(given)} imports ${shown.join(', ')}${more}, and \`run\` provides no host for ${names.length === 1 ? 'it' : 'them'}`,
    'run it in a program that gives these imports to `instantiate` of `@wit-ts/runtime`; `wit-ts check` lists what they allow',
  );
}
