/** What a binary is, by its first eight bytes: the magic number, then the version and the layer. */
type BinaryKind = 'core-module' | 'component' | 'other';

/** Reads the preamble: `Binary.md` of the component model, and section 5.5.16 of the core specification. */
export function binaryKind(bytes: Uint8Array): BinaryKind {
  const [a, b, c, d, version, , layer] = bytes;
  if (a !== 0 || b !== 0x61 || c !== 0x73 || d !== 0x6d || bytes.length < 8) return 'other';
  if (layer === 1) return 'component';
  return layer === 0 && version === 1 ? 'core-module' : 'other';
}

/** The function of a command, and the version of WASI whose it is. */
interface CommandExport {
  /** The interface, `wasi:cli/run@0.2.6`. */
  readonly key: string;
  readonly version: '0.2' | '0.3';
}

/** Finds the interface `wasi:cli/run` among the exports of a component; the newest one if there are several. */
export function commandAmong(names: Iterable<string>): CommandExport | undefined {
  let found: CommandExport | undefined;
  for (const key of names) {
    const version = /^wasi:cli\/run@(0\.[23])\.\d/u.exec(key)?.[1] as CommandExport['version'] | undefined;
    if (version !== undefined && (found === undefined || version > found.version)) found = { key, version };
  }
  return found;
}

/** Says why a component is not a command, by what it exports. */
export function notACommand(names: readonly string[]): NotRunnableError {
  const handler = names.find((name) => /^wasi:http\/(?:incoming-)?handler@/u.test(name));
  if (handler !== undefined)
    return new NotRunnableError(
      `the component exports \`${handler}\`, so it answers requests: use \`serve\` of \`@wit-ts/wasi/http\`, or \`wit-ts serve\``,
    );
  const shown = names.slice(0, 3).map((name) => `\`${name.slice(0, 80)}\``);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  const exported = names.length === 0 ? 'nothing' : `${shown.join(', ')}${more}`;
  return new NotRunnableError(
    `the component is not a command: it exports ${exported}, and not \`wasi:cli/run\` of WASI 0.2 or 0.3; call its exports with \`instantiate\` of \`@wit-ts/runtime\`, or \`wit-ts run --invoke\``,
  );
}

/** Something that is given as a program and cannot be run as one. */
export class NotRunnableError extends TypeError {
  override readonly name = 'NotRunnableError';
}
