import type { CommandContext } from '../command-context.ts';
import { type Failure, usageFailure } from '../failure.ts';
import { readComponent } from '../read-input.ts';

/** Reads the components of `--component`, by the imports for which they are given. */
export async function readComponentFiles(
  context: CommandContext,
  entries: readonly string[] = [],
): Promise<Readonly<Record<string, Uint8Array>>> {
  const files = new Map<string, string>();
  for (const entry of entries) {
    const at = entry.indexOf('=');
    const [name, file] = [entry.slice(0, at), entry.slice(at + 1)];
    if (at < 1 || file === '') throw wrongEntry(entry);
    if (file === '-')
      throw usageFailure(`--component ${entry}: only the component itself can be standard input`);
    const before = files.get(name);
    if (before !== undefined && before !== file)
      throw usageFailure(`--component ${entry}: \`${name}\` is \`${before}\` already`, 'give it once');
    files.set(name, file);
  }
  const read = Array.from(files, async ([name, file]) => {
    const { bytes } = await readComponent(context, file);
    return [name, bytes] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

function wrongEntry(entry: string): Failure {
  return usageFailure(
    `--component ${entry}: not the name of an import and a component`,
    'write it like --component some-part=part.wasm',
  );
}
