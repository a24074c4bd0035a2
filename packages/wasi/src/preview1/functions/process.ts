import { Exit } from '../../system/exit.ts';
import { type CallContext, refuseCall } from '../call-context.ts';
import { fail } from '../errno.ts';

/** What a program does with itself. There are no signals and no threads. */
export function processFunctions({ system, trap }: CallContext) {
  return {
    proc_exit(code: number): void {
      if (system.mayExit) trap.end(new Exit(code >>> 0));
      const reason = refuseCall(system, 'proc_exit', 'exit: true');
      trap.end(new Error(`the program called \`proc_exit\` with ${code >>> 0}; ${reason}`));
    },

    proc_raise(_signal: number): void {
      fail('notsup');
    },

    sched_yield(): void {
      // There is only one thread.
    },
  };
}
