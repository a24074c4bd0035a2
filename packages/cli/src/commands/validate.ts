import type { DecodeError, Finding } from '@wit-ts/component';
import { diagnosticToJson, paintOf, printable, type Diagnostic } from '@wit-ts/diagnostics';
import { EXIT, Findings, type ExitCode } from '../failure.ts';
import { readWitSource, shown, sourceOf } from '../input.ts';
import type { WitOptions } from '../program.ts';
import { selectWorld } from '../select-world.ts';
import type { Session } from '../session.ts';

export async function validate(
  session: Session,
  args: readonly string[],
  options: WitOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  const found = await session.progress(`validating ${given}`, () => findings(session, given, options));
  const valid = !found.some(({ severity }) => severity === 'error');
  if (session.json) session.outJson({ valid, diagnostics: found.map(toJson) });
  else tell(session, found, shown(given));
  if (valid) session.note(`${shown(given)} is valid`);
  return valid ? EXIT.fine : EXIT.no;
}

/** A diagnostic of WIT, which points into a text, or a finding in a binary, which says the way to it. */
type Found = Diagnostic | Finding;

async function findings(session: Session, given: string, options: WitOptions): Promise<readonly Found[]> {
  const source = await sourceOf(session, given);
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
    if (options.world !== undefined) selectWorld(wit.resolve, wit.package, options.world);
    return wit.diagnostics;
  } catch (error) {
    if (error instanceof Findings) return error.diagnostics;
    throw error;
  }
}

/** By name: the module with the class is loaded where there is a binary only. */
function isDecodeError(error: unknown): error is DecodeError {
  return error instanceof Error && error.name === 'DecodeError';
}

function malformed({ plainMessage, offset }: DecodeError): Finding {
  return { code: 'malformed-binary', severity: 'error', message: plainMessage, offset, path: [] };
}

function toJson(found: Found): unknown {
  return 'offset' in found ? found : diagnosticToJson(found);
}

function tell(session: Session, found: readonly Found[], name: string): void {
  session.diagnostics(found.filter((one) => !('offset' in one)));
  const { red, yellow, bold, dim } = paintOf(session.color(session.io.stderr));
  for (const one of found) {
    if (!('offset' in one) || (session.quiet && one.severity !== 'error')) continue;
    const tint = one.severity === 'error' ? red : yellow;
    const way = one.path.length === 0 ? '' : ` ${one.path.map(printable).join(' › ')}`;
    session.error(`${tint(`${one.severity}[${one.code}]`)}${bold(printable(`: ${one.message}`))}`);
    session.error(` ${dim('-->')} ${printable(name)}:0x${one.offset.toString(16)}${way}\n`);
  }
}
