import type { CallContext } from '../call-context.ts';
import { type ProgramMemory, utf8 } from '../program-memory.ts';

/** The arguments and the environment of the program: lists of strings, each with a NUL character at its end. */
export function argumentFunctions({ system, memory }: CallContext) {
  const args = system.args.map((text) => utf8(`${text}\0`));
  const environ = system.env.map(([name, value]) => utf8(`${name}=${value}\0`));
  return {
    args_get: (pointers: number, bytes: number) => writeStrings(memory, args, pointers, bytes),
    args_sizes_get: (count: number, size: number) => writeSizes(memory, args, count, size),
    environ_get: (pointers: number, bytes: number) => writeStrings(memory, environ, pointers, bytes),
    environ_sizes_get: (count: number, size: number) => writeSizes(memory, environ, count, size),
  };
}

function writeStrings(
  memory: ProgramMemory,
  strings: readonly Uint8Array[],
  pointers: number,
  bytes: number,
): void {
  memory.check(pointers, strings.length * 4);
  memory.check(bytes, totalSize(strings));
  let at = bytes >>> 0;
  for (const [index, string] of strings.entries()) {
    memory.setU32(pointers + index * 4, at);
    memory.setBytes(at, string);
    at += string.length;
  }
}

function writeSizes(
  memory: ProgramMemory,
  strings: readonly Uint8Array[],
  count: number,
  size: number,
): void {
  memory.setU32(count, strings.length);
  memory.setU32(size, totalSize(strings));
}

function totalSize(strings: readonly Uint8Array[]): number {
  return strings.reduce((sum, { length }) => sum + length, 0);
}
