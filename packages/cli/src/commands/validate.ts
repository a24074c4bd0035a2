import type { Finding } from '@wit-ts/component';
import { hasErrors, type Diagnostic } from '@wit-ts/diagnostics';
import { EXIT, Findings, type ExitCode } from '../failure.ts';
import { readWitSource, shown, sourceOf } from '../input.ts';
import type { WitOptions } from '../program.ts';
import { selectWorld } from '../select-world.ts';
import { diagnosticsJson, type Session } from '../session.ts';

export async function validate(
  session: Session,
  args: readonly string[],
  options: WitOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  const diagnostics = await session.progress(`validating ${given}`, () => findings(session, given, options));
  const valid = !hasErrors(diagnostics);
  if (session.json) session.outJson({ valid, diagnostics: diagnosticsJson(diagnostics) });
  else session.diagnostics(diagnostics);
  if (valid) session.note(`${shown(given)} is valid`);
  return valid ? EXIT.fine : EXIT.no;
}

async function findings(
  session: Session,
  given: string,
  options: WitOptions,
): Promise<readonly Diagnostic[]> {
  const source = await sourceOf(session, given);
  if (source.tag === 'wasm') {
    const { decode, validate: validateComponent } = await import('@wit-ts/component');
    try {
      return validateComponent(decode(source.bytes)).map(placed);
    } catch (error) {
      if (error instanceof Error && error.name === 'DecodeError') return [malformed(error)];
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

function malformed({ message }: Error): Diagnostic {
  return { code: 'malformed-binary', severity: 'error', message };
}

/** A component has no text to point into: the message says where. */
function placed({ code, severity, message, offset, path }: Finding): Diagnostic {
  const where = [...path, `at byte 0x${offset.toString(16)}`].join(', ');
  return { code, severity, message: `${message} (${where})` };
}
