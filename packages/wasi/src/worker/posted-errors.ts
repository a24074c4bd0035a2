import type { LinkError, LinkProblem, TrapCode } from '@wit-ts/runtime';
import { FileError, type FileErrorCode } from '../files/file-error.ts';
import { NotRunnableError } from '../run/program-kind.ts';
import type { ErrorData } from './messages.ts';

/** Returns an error as data. */
export function errorData(thrown: unknown): ErrorData {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message } = error;
  const stack = error === thrown ? error.stack : undefined;
  // Errors of the system have codes, too.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const problems = name === 'LinkError' && 'problems' in error ? error.problems : undefined;
  return { name, message, stack, code, problems };
}

/** Makes the error of a program that ran in another thread again, of its own class where `run` documents it. */
export async function errorFrom(data: ErrorData): Promise<Error> {
  const error = await withoutStack(data);
  if (data.stack !== undefined) error.stack = data.stack;
  return error;
}

async function withoutStack({ name, message, code, problems }: ErrorData): Promise<Error> {
  switch (name) {
    case 'Trap':
      return new (await import('@wit-ts/runtime')).Trap(message, { code: code as TrapCode | undefined });
    case 'LinkError': {
      const runtime = await import('@wit-ts/runtime');
      const [summary] = message.split('\n', 1);
      return new runtime.LinkError(problems as LinkProblem[], summary, { code: code as LinkError['code'] });
    }
    case 'FileError':
      return new FileError(code as FileErrorCode, message);
    case 'NotRunnableError':
      return new NotRunnableError(message);
    case 'TypeError':
      return new TypeError(message);
    case 'CompileError':
      return new WebAssembly.CompileError(message);
    default:
      return Object.assign(new Error(message), { name }, code !== undefined && { code });
  }
}
