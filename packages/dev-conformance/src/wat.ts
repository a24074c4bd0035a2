import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshWasmTools, peersDirectory, type WasmTools } from '@wit-ts/dev-peers';

/** The text is not WebAssembly text. `message` is a sentence; `line` and `column` count from 1 where known. */
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
/** What the bytes depend on besides the text: the assembler's version. */
const ASSEMBLER = createHash('sha256')
  .update(readFileSync(join(peersDirectory, 'pnpm-lock.yaml')))
  .digest();

let assembler: Promise<WasmTools> | undefined;

/**
 * WebAssembly text of a module or a component to bytes, by the wasm-tools inside `@bytecodealliance/jco-transpile`.
 * Nothing is validated. Answers, refusals too, are kept in `.cache/` by the hash of the text.
 *
 * Throws `WatError` where the text cannot be read.
 */
export async function assembleWat(text: string): Promise<Uint8Array> {
  const key = createHash('sha256').update(ASSEMBLER).update(text).digest('hex');
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
 * The assembler refuses name annotations in places where the text format allows them (on an imported global). They change
 * nothing but names, so those it stumbles over are blanked.
 */
async function assembleWithoutNames(text: string): Promise<Answer> {
  let answer = await assemble(text);
  let rest = text;
  while ('message' in answer && answer.line !== undefined && answer.column !== undefined) {
    const at = offsetOf(rest, answer.line, answer.column);
    const annotation = [...rest.matchAll(NAME)].find(
      ({ 0: { length }, index }) => at >= index && at < index + length,
    );
    if (annotation === undefined) break;
    const { 0: whole, index } = annotation;
    rest = rest.slice(0, index) + ' '.repeat(whole.length) + rest.slice(index + whole.length);
    answer = await assemble(rest);
  }
  return answer;
}

const NAME = /\(@name "(?:[^"\\]|\\.)*"\)/gu;

/** Columns count bytes of UTF-8, so the offset is a guess where a line holds other than ASCII before it. */
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
      // A panic leaves the assembler's instance unusable, so that the next text gets a new one.
      assembler = undefined;
      return { message: `the assembler panicked: ${error.message}` };
    }
    return refusal(error);
  }
}

/** The assembler hands out Rust's debug form of its error. */
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
  // Written aside and renamed: another process may read the same entry meanwhile.
  const aside = new URL(`${file.href}.${process.pid}.${Math.random().toString(36).slice(2)}`);
  await writeFile(aside, content as string | Uint8Array);
  await rename(aside, file);
}

function cacheFile(key: string, extension: 'wasm' | 'json'): URL {
  return new URL(`${key.slice(0, 2)}/${key.slice(2)}.${extension}`, CACHE);
}
