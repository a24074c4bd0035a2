import { absoluteGuestPath } from '../files/sandbox/guest-path.ts';
import { type CallContext, PREVIEW1 } from '../preview1/call-context.ts';
import { errno } from '../preview1/errno.ts';
import type { AroundCall, GuardedCall } from '../preview1/guarded-calls.ts';
import type { Opened } from '../preview1/opened.ts';
import { exitOf } from '../system/exit.ts';
import type { CallRecorder } from './call-recorder.ts';
import { Preview1Arguments } from './preview1-arguments.ts';
import type { CallOutcome, UsedGrant } from './wasi-call.ts';

/** The names of the error numbers. */
const ERRORS = new Map<number, string>(Object.entries(errno).map(([name, number]) => [number, name]));

/** Returns what records the calls of the functions of one program. */
export function recordedBy(calls: CallRecorder, context: CallContext): AroundCall {
  const opened = new OpenedNames(calls, context);
  return (name, call) => {
    const inner = call as (...args: readonly unknown[]) => number | Promise<number>;
    const recorded = (...args: readonly unknown[]): number | Promise<number> => {
      const given = new Preview1Arguments(name, args, context, (fd) => opened.text(fd));
      // Closing or moving a descriptor takes its name away.
      const shown = given.shown();
      const grant = opened.grantOf(name, args, given);
      const running = calls.begin(PREVIEW1, name, shown);
      const ended = (number: number): number => {
        if (number === 0) opened.called(name, args, given);
        calls.end(running, outcomeOf(number, given), grant);
        return number;
      };
      const failed = (thrown: unknown): never => {
        calls.end(running, { tag: 'ended', reason: endingText(context.trap.reasonFor(thrown)) }, grant);
        throw thrown;
      };
      let returned: number | Promise<number>;
      try {
        returned = inner(...args);
      } catch (thrown) {
        return failed(thrown);
      }
      return typeof returned === 'number' ? ended(returned) : returned.then(ended, failed);
    };
    // What the host's own listener throws must not reach the program, which could catch it.
    return ((...args: readonly unknown[]) => {
      try {
        return recorded(...args);
      } catch (thrown) {
        if (thrown instanceof WebAssembly.RuntimeError) throw thrown;
        return context.trap.end(thrown);
      }
    }) as GuardedCall;
  };
}

function outcomeOf(number: number, given: Preview1Arguments): CallOutcome {
  if (number !== 0) return { tag: 'failed', error: ERRORS.get(number) ?? number };
  const value = given.results();
  return value === undefined ? { tag: 'returned' } : { tag: 'returned', value };
}

function endingText(reason: unknown): string {
  const exit = exitOf(reason);
  if (exit !== undefined) return `exit ${exit.code}`;
  return (reason instanceof Error ? reason.message : String(reason)).slice(0, 256);
}

/** What the open descriptors of a program are. */
class OpenedNames {
  readonly #calls: CallRecorder;
  readonly #context: CallContext;
  readonly #names = new WeakMap<Opened, { readonly text: string; readonly grant: UsedGrant | undefined }>();

  constructor(calls: CallRecorder, context: CallContext) {
    this.#calls = calls;
    this.#context = context;
    const decoder = new TextDecoder();
    for (const [fd, name] of (['stdin', 'stdout', 'stderr'] as const).entries())
      this.#name(fd, name, calls.names.single(name));
    for (let fd = 3; ; fd++) {
      const opened = this.#opened(fd);
      if (opened?.kind !== 'directory' || opened.preopened === undefined) break;
      const path = decoder.decode(opened.preopened);
      this.#name(fd, path, calls.names.directory(path));
    }
  }

  text(fd: number): string | undefined {
    const opened = this.#opened(fd);
    return opened && this.#names.get(opened)?.text;
  }

  grantOf(name: string, args: readonly unknown[], given: Preview1Arguments): UsedGrant | undefined {
    const { names } = this.#calls;
    if (name.startsWith('environ_')) return names.single('env');
    if (name.startsWith('clock_') || given.waitsForClock) return names.single('clocks');
    if (name === 'random_get') return names.single('random');
    if (name === 'proc_exit') return names.single('exit');
    if (!/^(?:fd|path|sock)_/u.test(name)) return undefined;
    const opened = this.#opened(Number(args[name === 'path_symlink' ? 2 : 0]));
    return opened && this.#names.get(opened)?.grant;
  }

  /** Names what a call has opened. */
  called(name: string, [fd]: readonly unknown[], given: Preview1Arguments): void {
    if (name !== 'path_open') return;
    const parent = this.#opened(Number(fd));
    const { text = '', grant } = (parent && this.#names.get(parent)) ?? {};
    const { path } = given.texts;
    const made = given.results();
    if (path !== undefined && typeof made === 'number')
      this.#name(made, absoluteGuestPath(text, path).slice(0, 4096), grant);
  }

  #name(fd: number, text: string, grant: UsedGrant | undefined): void {
    const opened = this.#opened(fd);
    if (opened !== undefined) this.#names.set(opened, { text, grant });
  }

  #opened(fd: number): Opened | undefined {
    try {
      return this.#context.table.getForPaths(fd);
    } catch {
      return undefined;
    }
  }
}
