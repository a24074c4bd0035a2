import { compile, Component, ComponentError } from '@wit-ts/runtime';
import { exitOf } from '../system/exit.ts';
import type { System } from '../system/system.ts';
import { instantiateOver } from './instantiate-over.ts';
import { commandAmong, notACommand, NotRunnableError } from './program-kind.ts';
import type { RunOptions } from './run.ts';

/** A command of 0.2, whose function returns a promise if it is suspended, or of 0.3, where it is asynchronous. */
interface Command {
  run(): void | Promise<void>;
}

/** Runs a component that exports `wasi:cli/run`. Returns its exit code. */
export async function runComponent(
  source: Component | Uint8Array<ArrayBuffer>,
  system: System,
  options: RunOptions,
): Promise<number> {
  const component = source instanceof Component ? source : await compile(source, options);
  const names = [...component.plan.exports.keys()];
  const command = commandAmong(names);
  if (command === undefined) throw notACommand(names);
  try {
    const exports = await instantiateOver<Record<string, Partial<Command>>>(component, system, options);
    const { run } = exports[command.key] ?? {};
    if (typeof run !== 'function')
      throw new NotRunnableError(`the component exports \`${command.key}\` without its function \`run\``);
    return await exitCode(() => run());
  } catch (error) {
    const exit = exitOf(error);
    if (exit === undefined) throw error;
    return exit.code;
  }
}

/** The `err` of `wasi:cli/run` has no payload, and stands for the exit code 1. */
async function exitCode(run: () => void | Promise<void>): Promise<number> {
  try {
    await run();
    return 0;
  } catch (error) {
    if (error instanceof ComponentError) return 1;
    throw error;
  }
}
