import type { DecodeError, Finding } from '@wit-ts/component';
import { diagnosticToJson, paintOf, printableLine, type Diagnostic } from '@wit-ts/diagnostics';
import { EXIT, Findings, type ExitCode } from '../failure.ts';
import { lineText } from '../output-text.ts';
import { displayName, exitCodeOf, readWitSource, sourceOf } from '../read-input.ts';
import { selectWorldOrThrow } from '../select-world.ts';
import type { CommandContext, WitOptions } from '../command-context.ts';

/** Validates a component or WIT. */
export async function validate(
  context: CommandContext,
  args: readonly string[],
  options: WitOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  const found = await context.progress(`validating ${given}`, () => findings(context, given, options));
  const valid = !found.some(({ severity }) => severity === 'error');
  if (context.json) context.outJson({ valid, diagnostics: found.map(toJson) });
  else printFindings(context, found, given === '-' ? 'standard input' : given);
  if (valid) context.note(`${displayName(given)} is valid`);
  return valid ? EXIT.success : exitCodeOf(found.filter((one) => !('offset' in one)));
}

/** A diagnostic of WIT, which points into a text, or a finding in a binary, which has an offset and a path. */
type ValidationFinding = Diagnostic | Finding;

async function findings(
  context: CommandContext,
  given: string,
  options: WitOptions,
): Promise<readonly ValidationFinding[]> {
  const source = await sourceOf(context, given);
  if (source.tag === 'wasm') {
    const { decode, validate: validateComponent } = await import('@wit-ts/component');
    try {
      return validateComponent(decode(source.bytes));
    } catch (error) {
      if (isDecodeError(error)) return [malformed(error)];
      throw error;
    }
  }
  try {
    const wit = await readWitSource(source, options);
    if (options.world !== undefined) await selectWorldOrThrow(wit.resolve, wit.package, options.world);
    return wit.diagnostics;
  } catch (error) {
    if (error instanceof Findings) return error.diagnostics;
    throw error;
  }
}

/** Checks the name, because the module with the class is loaded only when there is a binary. */
function isDecodeError(error: unknown): error is DecodeError {
  return error instanceof Error && error.name === 'DecodeError';
}

function malformed({ plainMessage, offset }: DecodeError): Finding {
  return { code: 'malformed-binary', severity: 'error', message: plainMessage, offset, path: [] };
}

function toJson(found: ValidationFinding): unknown {
  return 'offset' in found ? found : diagnosticToJson(found);
}

function printFindings(context: CommandContext, found: readonly ValidationFinding[], name: string): void {
  context.diagnostics(found.filter((one) => !('offset' in one)));
  const { red, yellow, bold, dim } = paintOf(context.color(context.io.stderr));
  for (const one of found) {
    if (!('offset' in one) || (context.quiet && one.severity !== 'error')) continue;
    if (context.lines) {
      const where = one.path.length === 0 ? '' : ` (${one.path.join(' › ')})`;
      const position = `${name}:0x${one.offset.toString(16)}`;
      context.error(lineText(position, one.severity, one.code, `${one.message}${where}`));
      continue;
    }
    const tint = one.severity === 'error' ? red : yellow;
    const way = one.path.length === 0 ? '' : ` ${one.path.map(printableLine).join(' › ')}`;
    context.error(`${tint(`${one.severity}[${one.code}]`)}${bold(printableLine(`: ${one.message}`))}`);
    context.error(` ${dim('-->')} ${printableLine(name)}:0x${one.offset.toString(16)}${way}\n`);
  }
}
