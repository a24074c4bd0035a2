import { camelCase, thrownResult } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { instantiate } from '@wit-ts/runtime';
import { EXIT, Failure, usageFailure, type ExitCode } from '../failure.ts';
import { readComponent } from '../input.ts';
import { findFunction, type Found } from '../invoke/find-function.ts';
import type { CommonOptions, Session } from '../session.ts';
import { parseArguments } from '../wave/parse.ts';
import { printResult, printWave } from '../wave/print.ts';

interface RunOptions extends CommonOptions {
  readonly invoke: string;
}

/** Calls one export of a component that imports nothing. */
export async function run(session: Session, args: readonly string[], options: RunOptions): Promise<ExitCode> {
  const [given = ''] = args;
  const { bytes, world } = await session.progress(`reading ${given}`, () => readComponent(session, given));
  const open = options.invoke.indexOf('(');
  const name = (open < 0 ? options.invoke : options.invoke.slice(0, open)).trim();
  const found = findFunction(world, name);
  const values = argumentsOf(
    found,
    open < 0 ? '()' : options.invoke.slice(open),
    open < 0 ? options.invoke.length : open,
  );
  const text = await session.progress(`running ${name}`, () => call(bytes, found, values));
  if (session.json) session.outJson({ result: text });
  else if (text !== undefined) session.out(text);
  return EXIT.fine;
}

function argumentsOf({ func }: Found, text: string, start: number): unknown[] {
  try {
    return parseArguments(text, func.params);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'WaveError' || !('offset' in error)) throw error;
    throw usageFailure(`--invoke, character ${start + Number(error.offset) + 1}: ${error.message}`);
  }
}

/** The result in WAVE; none where the function has none. */
async function call(
  bytes: Uint8Array,
  { key, func }: Found,
  values: readonly unknown[],
): Promise<string | undefined> {
  try {
    const exports: Readonly<Record<string, unknown>> = await instantiate(bytes);
    const scope = (key === undefined ? exports : exports[key]) as Readonly<
      Record<string, (...args: unknown[]) => unknown>
    >;
    const result = await scope[camelCase(func.name)]!(...values);
    return func.result === undefined ? undefined : okText(result, func.result);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'ComponentError' && 'payload' in error && func.result !== undefined) {
      return errText(error.payload, func.result);
    }
    if (error.name === 'Trap') throw new Failure(EXIT.no, `${func.name} trapped: ${error.message}`);
    if (error.name === 'LinkError') {
      throw new Failure(
        EXIT.no,
        error.message,
        'only components that import nothing can be run by `--invoke`',
      );
    }
    throw error;
  }
}

/** A function that returns a result gives the value, or throws the error. */
function okText(value: unknown, type: Type): string {
  const thrown = thrownResult(type);
  return thrown === undefined ? printWave(value, type) : printResult('ok', value, thrown);
}

function errText(payload: unknown, type: Type): string | undefined {
  const thrown = thrownResult(type);
  return thrown === undefined ? undefined : printResult('err', payload, thrown);
}
