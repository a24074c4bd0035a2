import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of `src/platform`, and how a declaration file imports it. */
interface PlatformTypes {
  readonly file: string;
  /** Matches a declaration that uses the types. */
  readonly use: RegExp;
  /** The import clause with `from`, or nothing when the file only declares globals. */
  readonly clause: string;
}

const PLATFORM: readonly PlatformTypes[] = [
  { file: 'web-assembly', use: /\bWebAssembly\.[A-Z]/u, clause: 'type * as WebAssembly from ' },
  { file: 'fetch', use: /\bResponse\b/u, clause: 'type { Response } from ' },
  { file: 'fetch', use: /\bRequest\b/u, clause: 'type { Request } from ' },
  { file: 'fetch', use: /\bBlob\b/u, clause: 'type { Blob } from ' },
  { file: 'abort-signal', use: /\bAbort(?:Controller|Signal)\b/u, clause: '' },
  { file: 'readable-stream', use: /\bReadableStream\b/u, clause: '' },
  { file: 'writable-stream', use: /\bWritableStream\b/u, clause: '' },
  {
    file: 'disposable',
    use: /\bSymbol\.(?:asyncDispose|dispose)\b|\b(?:Async)?Disposable\b/u,
    clause: '',
  },
];

const source = fileURLToPath(new URL('platform/', import.meta.url));

/**
 * Makes the declaration files in a directory independent of the DOM library and of `esnext.disposable`: a file that
 * mentions types of the platform imports declarations of them, which are copied into `platform/`. So a program needs
 * no entry for them under `lib`, and in a program that has one, the objects of the platform still fit.
 */
export async function addPlatformTypes(directory: string): Promise<void> {
  const copied = new Set<string>();
  const files = await readdir(directory, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
    const path = join(directory, file);
    const text = await readFile(path, 'utf8');
    const folder = relative(dirname(path), join(directory, 'platform')).replaceAll('\\', '/');
    const changed = withPlatformTypes(text, folder.startsWith('.') ? folder : `./${folder}`);
    if (changed.text === text) continue;
    for (const used of changed.used) copied.add(`${used}.d.ts`);
    await writeFile(path, changed.text);
  }
  if (copied.size > 0) await mkdir(join(directory, 'platform'), { recursive: true });
  for (const file of copied) await copyFile(join(source, file), join(directory, 'platform', file));
}

/** Adds the imports that a declaration needs. They stand at its end, so that the source map stays right. */
export function withPlatformTypes(
  text: string,
  folder: string,
): { readonly text: string; readonly used: readonly string[] } {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '');
  const needed = PLATFORM.filter(({ use }) => use.test(code));
  const imports = needed.map(({ file, clause }) => `import ${clause}'${folder}/${file}.js';\n`).join('');
  const mapAt = text.indexOf('//# sourceMappingURL=');
  const end = mapAt === -1 ? text.length : mapAt;
  return {
    text: needed.length === 0 ? text : text.slice(0, end) + imports + text.slice(end),
    used: [...new Set(needed.map(({ file }) => file))],
  };
}
