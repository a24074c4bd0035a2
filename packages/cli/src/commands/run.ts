import { thrownResult } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { instantiate } from '@wit-ts/runtime';
import { EXIT, Failure, usageFailure, type ExitCode } from '../failure.ts';
import { readComponent } from '../read-input.ts';
import { findFunction, type ExportedFunction } from '../invoke/find-function.ts';
import type { CommonOptions, CommandContext } from '../command-context.ts';
import { parseArguments } from '../wave/parse.ts';
import { printResult, printWave } from '../wave/print.ts';

interface RunOptions extends CommonOptions {
  readonly invoke: string;
}

/** Calls one export of a component that imports nothing. */
export async function run(
  context: CommandContext,
  args: readonly string[],
  options: RunOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  const { bytes, world } = await context.progress(`reading ${given}`, () => readComponent(context, given));
  const open = options.invoke.indexOf('(');
  const name = (open < 0 ? options.invoke : options.invoke.slice(0, open)).trim();
  const found = findFunction(world, name);
  const values = argumentsOf(
    found,
    open < 0 ? '()' : options.invoke.slice(open),
    open < 0 ? options.invoke.length : open,
  );
  const text = await context.progress(`running ${name}`, () => call(bytes, found, values));
  if (context.json) context.outJson({ result: text });
  else if (text !== undefined) context.out(text);
  return EXIT.success;
}

function argumentsOf({ func }: ExportedFunction, text: string, start: number): unknown[] {
  try {
    return parseArguments(text, func.params);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'WaveError' || !('offset' in error)) throw error;
    throw usageFailure(`--invoke, character ${start + Number(error.offset) + 1}: ${error.message}`);
  }
}

/** Calls the function and returns the result in WAVE; `undefined` if the function has no result. */
async function call(
  bytes: Uint8Array,
  { func, path }: ExportedFunction,
  values: readonly unknown[],
): Promise<string | undefined> {
  try {
    let found: unknown = await instantiate(bytes);
    for (const property of path) found = Reflect.get(found as object, property);
    const result: unknown = await (found as (...args: readonly unknown[]) => unknown)(...values);
    return func.result === undefined ? undefined : okText(result, func.result);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'ComponentError' && 'payload' in error && func.result !== undefined) {
      return errText(error.payload, func.result);
    }
    if (error.name === 'Trap')
      throw new Failure(EXIT.checkFailed, `\`${func.name}\` trapped: ${error.message}`);
    if (error.name === 'LinkError') {
      throw new Failure(
        EXIT.checkFailed,
        error.message,
        '`run --invoke` works only for components that import nothing',
      );
    }
    throw error;
  }
}

/** A function whose result is a `result` returns the `ok` value, or throws the `err`. */
function okText(value: unknown, type: Type): string {
  const thrown = thrownResult(type);
  return thrown === undefined ? printWave(value, type) : printResult('ok', value, thrown);
}

function errText(payload: unknown, type: Type): string | undefined {
  const thrown = thrownResult(type);
  return thrown === undefined ? undefined : printResult('err', payload, thrown);
}
