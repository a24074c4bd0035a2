import { FileError, type FileErrorCode } from '../files/file-error.ts';
import { NotRunnableError } from '../run/program-kind.ts';
import type { ErrorData } from './messages.ts';

/** Returns an error as data. */
export function errorData(thrown: unknown): ErrorData {
  if (!(thrown instanceof Error))
    return { name: 'Error', message: String(thrown), stack: undefined, code: undefined };
  const { name, message, stack } = thrown;
  return { name, message, stack, code: thrown instanceof FileError ? thrown.code : undefined };
}

/** Makes the error of a program that ran in another thread again, of its own class where `run` documents it. */
export async function errorFrom({ name, message, stack, code }: ErrorData): Promise<Error> {
  const error = await withoutStack(name, message, code);
  if (stack !== undefined) error.stack = stack;
  return error;
}

async function withoutStack(name: string, message: string, code: unknown): Promise<Error> {
  switch (name) {
    case 'Trap':
      return new (await import('@wit-ts/runtime')).Trap(message);
    case 'FileError':
      return new FileError(code as FileErrorCode, message);
    case 'NotRunnableError':
      return new NotRunnableError(message);
    case 'TypeError':
      return new TypeError(message);
    case 'CompileError':
      return new WebAssembly.CompileError(message);
    default:
      return Object.assign(new Error(message), { name });
  }
}
