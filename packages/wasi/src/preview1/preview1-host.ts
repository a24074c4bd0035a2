import { Waiter } from '../p2/io/waiter.ts';
import type { System } from '../system/system.ts';
import { type CallContext, PREVIEW1 } from './call-context.ts';
import { DescriptorTable } from './descriptor-table.ts';
import { argumentFunctions } from './functions/arguments.ts';
import { clockAndRandomFunctions } from './functions/clocks-and-random.ts';
import { descriptorFunctions } from './functions/descriptors.ts';
import { directoryFunctions } from './functions/directories.ts';
import { pathFunctions } from './functions/paths.ts';
import { pollingFunctions } from './functions/polling.ts';
import { processFunctions } from './functions/process.ts';
import { readingAndWritingFunctions } from './functions/reading-and-writing.ts';
import { socketFunctions } from './functions/sockets.ts';
import { type AroundCall, guarded, type GuardedFunctions } from './guarded-calls.ts';
import { ProgramMemory, utf8 } from './program-memory.ts';
import { GuestTrap } from './guest-trap.ts';
import { OpenedDirectory } from './opened.ts';
import { StandardInput, StandardOutput } from './standard-streams.ts';

export interface Preview1Options {
  /**
   * Whether a call that waits suspends the program even if the thread could be blocked, so that others use the thread
   * meanwhile. Without it a program is suspended only if there is no other way.
   */
  readonly suspends?: boolean;
  /** Makes what is put around each function. */
  readonly around?: (context: CallContext) => AroundCall;
}

/** A system as the imports of one program of preview 1. */
export interface Preview1Host {
  readonly imports: { readonly [PREVIEW1]: GuardedFunctions };
  /** The functions that may suspend the program, which `WebAssembly.promising` must have started then. */
  readonly waiting: ReadonlySet<string>;
  /** Gives the functions the memory of the program. Comes before its first call. */
  bind(memory: WebAssembly.Memory): void;
  /** Returns why the program ended: an `Exit`, what a function of the host threw, or otherwise `thrown` itself. */
  reasonFor(thrown: unknown): unknown;
  /** Closes what the program has opened. */
  close(): void;
}

/** Makes the 46 functions of `wasi_snapshot_preview1` for one program. */
export function preview1Imports(
  system: System,
  { suspends = false, around }: Preview1Options = {},
): Preview1Host {
  const [memory, table, trap] = [new ProgramMemory(), new DescriptorTable(), new GuestTrap()];
  const context: CallContext = { system, memory, table, trap, waiter: new Waiter(suspends) };
  table.add(new StandardInput(system.stdin));
  table.add(new StandardOutput(system.stdout));
  table.add(new StandardOutput(system.stderr));
  for (const { path, directory } of system.preopens)
    if (directory.kind === 'directory') table.add(new OpenedDirectory(directory, utf8(path)));
  const functions = {
    ...argumentFunctions(context),
    ...clockAndRandomFunctions(context),
    ...descriptorFunctions(context),
    ...directoryFunctions(context),
    ...readingAndWritingFunctions(context),
    ...pathFunctions(context),
    ...pollingFunctions(context),
    ...processFunctions(context),
    ...socketFunctions(context),
  };
  const waiting = waitingFunctions(system, suspends);
  return {
    imports: { [PREVIEW1]: guarded(context, functions, waiting, around?.(context)) },
    waiting,
    bind: (given) => memory.bind(given),
    reasonFor: (thrown) => trap.reasonFor(thrown),
    close: () => table.closeOpened(),
  };
}

/** Returns the names of the functions that may have to wait in the event loop. */
function waitingFunctions(system: System, suspends: boolean): ReadonlySet<string> {
  const [input, ...outputs] = [system.stdin, system.stdout, system.stderr].map(
    ({ block }) => suspends || block === undefined,
  );
  const writes = outputs.includes(true);
  const sleeps = system.clocks !== undefined && system.clocks.sleep === undefined;
  const names = new Set<string>();
  if (input === true) names.add('fd_read');
  if (writes) names.add('fd_write');
  if (input === true || writes || sleeps) names.add('poll_oneoff');
  return names;
}
