import { closeSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { EXIT, Failure, fileFailure, usageFailure } from '../failure.ts';
import { openRegularFile } from '../regular-file.ts';
import { writeFiles } from '../write-files.ts';

/**
 * Returns the absolute path of the component that is written: by default beside the guest, with its name.
 *
 * @throws Failure if the path has something else than a WebAssembly file, which would be lost
 */
export function componentOutput(cwd: string, guest: string, out: string | undefined): string {
  if (out === '' || out === '-')
    throw usageFailure('`-o` needs the path of a file', 'write it like -o app.wasm');
  const { dir, name } = path.parse(guest);
  const output = out === undefined ? path.join(dir, `${name}.wasm`) : path.resolve(cwd, out);
  if (!mayReplace(output))
    throw new Failure(
      EXIT.checkFailed,
      `\`${output}\` exists and is not a WebAssembly file, so nothing was written`,
      'choose another file with `-o`',
    );
  return output;
}

/** Writes a component whole, or not at all. */
export function writeComponent(output: string, bytes: Uint8Array): void {
  writeFiles(path.dirname(output), [{ path: path.basename(output), content: bytes }]);
}

function mayReplace(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return true;
  if (!stats.isFile()) return false;
  try {
    const descriptor = openRegularFile(file, file);
    try {
      const start = Buffer.alloc(4);
      return readSync(descriptor, start, 0, 4, 0) === 4 && start.toString('latin1') === '\0asm';
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fileFailure('read', file, error);
  }
}
