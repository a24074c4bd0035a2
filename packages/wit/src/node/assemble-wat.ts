import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The module of jco that converts the text form of wasm to binary. */
const ASSEMBLER = '@bytecodealliance/jco-transpile/wasm-tools';

interface Assembler {
  parse(text: string): Promise<Uint8Array>;
}

/**
 * Converts WebAssembly text to a binary with the parser inside jco, if it is installed.
 *
 * Throws an Error that names the package to install, or that describes the mistake in the text.
 */
export async function assembleWat(text: string): Promise<Uint8Array> {
  const { parse } = await assembler();
  try {
    return await parse(text);
  } catch (error) {
    throw new Error(refusal(error), { cause: error });
  }
}

async function assembler(): Promise<Assembler> {
  const found = locate();
  if (found === undefined) {
    throw new Error(
      'reading the text form of wasm requires `@bytecodealliance/jco-transpile`: install it, or convert the file to a `.wasm` binary',
    );
  }
  return (await import(pathToFileURL(found).href)) as Assembler;
}

/** Finds jco beside this package or in the current project, directly or as a dependency of `@bytecodealliance/jco`. */
function locate(): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    const require = createRequire(from);
    const found = find(require, ASSEMBLER);
    if (found !== undefined) return found;
    const jco = find(require, '@bytecodealliance/jco');
    const byJco = jco === undefined ? undefined : find(createRequire(jco), ASSEMBLER);
    if (byJco !== undefined) return byJco;
  }
  return undefined;
}

function find(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** Returns a readable message for an error of the parser, which arrives in Rust's debug format. */
function refusal(error: unknown): string {
  const { payload, message } = Object(error) as { payload?: unknown; message?: unknown };
  const text = String(payload ?? message ?? error);
  const position = /line: (\d+), col: (\d+), snippet/u.exec(text);
  const custom = /kind: Custom\("((?:[^"\\]|\\.)*)"\)/u.exec(text)?.[1];
  const kind = custom?.replaceAll(/\\(["\\'])/gu, '$1') ?? /kind: Lex\((\w+)/u.exec(text)?.[1] ?? text;
  return position === null
    ? kind
    : `${kind} (line ${Number(position[1]) + 1}, column ${Number(position[2]) + 1})`;
}
