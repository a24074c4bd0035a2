import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshWasmTools, peersDirectory, type WasmTools } from '@wit-ts/dev-peers';

/** Thrown when a text is not valid WebAssembly text. `line` and `column` count from 1 and are absent when unknown. */
export class WatError extends Error {
  override readonly name = 'WatError';
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, line?: number, column?: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

const CACHE = new URL('../../../.cache/wat/', import.meta.url);
/** Identifies the version of the assembler, because the bytes depend on it as well as on the text. */
const ASSEMBLER_HASH = createHash('sha256')
  .update(readFileSync(join(peersDirectory, 'pnpm-lock.yaml')))
  .digest();

let assembler: Promise<WasmTools> | undefined;

/**
 * Assembles the text of a core module or component with the wasm-tools inside `@bytecodealliance/jco-transpile`,
 * without validation. The results, errors included, are cached in `.cache/` under the hash of the text.
 *
 * Throws a `WatError` when the text cannot be parsed.
 */
export async function assembleCachedWat(text: string): Promise<Uint8Array> {
  const key = createHash('sha256').update(ASSEMBLER_HASH).update(text).digest('hex');
  const hit = await fromCache(key);
  if (hit !== undefined) return orThrow(hit);
  const answer = await assembleWithoutNames(text);
  await toCache(key, answer);
  return orThrow(answer);
}

type Answer =
  | { readonly bytes: Uint8Array }
  | { readonly message: string; readonly line?: number; readonly column?: number };

function orThrow(answer: Answer): Uint8Array {
  if ('bytes' in answer) return answer.bytes;
  throw new WatError(answer.message, answer.line, answer.column);
}

/**
 * The assembler rejects name annotations in some places where the text format allows them, for example on an imported
 * global. Annotations change only names, so each annotation at which the assembler reports an error is replaced by
 * spaces.
 */
async function assembleWithoutNames(text: string): Promise<Answer> {
  let answer = await assemble(text);
  let rest = text;
  while ('message' in answer && answer.line !== undefined && answer.column !== undefined) {
    const at = offsetOf(rest, answer.line, answer.column);
    const annotation = [...rest.matchAll(NAME_ANNOTATION)].find(
      ({ 0: { length }, index }) => at >= index && at < index + length,
    );
    if (annotation === undefined) break;
    const { 0: whole, index } = annotation;
    rest = rest.slice(0, index) + ' '.repeat(whole.length) + rest.slice(index + whole.length);
    answer = await assemble(rest);
  }
  return answer;
}

const NAME_ANNOTATION = /\(@name "(?:[^"\\]|\\.)*"\)/gu;

/** The assembler's columns count UTF-8 bytes, so the offset is only approximate after characters that are not ASCII. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

async function assemble(text: string): Promise<Answer> {
  assembler ??= freshWasmTools();
  const tools = await assembler;
  try {
    return { bytes: await tools.parse(text) };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      // A panic makes the assembler's instance unusable. The next text gets a new instance.
      assembler = undefined;
      return { message: `the assembler panicked: ${error.message}` };
    }
    return refusal(error);
  }
}

/** Parses the assembler's error, which is the debug form of a Rust value. */
function refusal(error: unknown): Answer {
  const payload = Object(error).payload;
  if (typeof payload !== 'string') throw error;
  const position = /line: (\d+), col: (\d+), snippet/u.exec(payload);
  const custom = /kind: Custom\("((?:[^"\\]|\\.)*)"\)/u.exec(payload)?.[1];
  const lexical = /kind: Lex\((\w+(?:\([^)]*\))?)\)/u.exec(payload)?.[1];
  const message = custom?.replaceAll(/\\(["\\'])/gu, '$1') ?? lexical ?? payload;
  if (position === null) return { message };
  return { message, line: Number(position[1]) + 1, column: Number(position[2]) + 1 };
}

async function fromCache(key: string): Promise<Answer | undefined> {
  try {
    return { bytes: new Uint8Array(await readFile(cacheFile(key, 'wasm'))) };
  } catch {
    try {
      return JSON.parse(await readFile(cacheFile(key, 'json'), 'utf8')) as Answer;
    } catch {
      return undefined;
    }
  }
}

async function toCache(key: string, answer: Answer): Promise<void> {
  const [extension, content] = 'bytes' in answer ? ['wasm', answer.bytes] : ['json', JSON.stringify(answer)];
  const file = cacheFile(key, extension as 'wasm' | 'json');
  await mkdir(fileURLToPath(new URL('.', file)), { recursive: true });
  // Another process may read the same entry at this moment, so the file is written under another name and then renamed.
  const unfinished = new URL(`${file.href}.${process.pid}.${Math.random().toString(36).slice(2)}`);
  await writeFile(unfinished, content as string | Uint8Array);
  await rename(unfinished, file);
}

function cacheFile(key: string, extension: 'wasm' | 'json'): URL {
  return new URL(`${key.slice(0, 2)}/${key.slice(2)}.${extension}`, CACHE);
}
