import { TRAP_MODULE } from '@wit-ts/abi';
import type { Plan } from '@wit-ts/plan';
import {
  checkedSuspend,
  loadParts,
  needsOf,
  stackModuleBytes,
  stackModulesOf,
  suspensionOf,
  wire,
  type Wiring,
} from '@wit-ts/runtime/static-module';
import type { Suspend } from '@wit-ts/runtime';
import type { StaticFile } from './static-file.ts';
import type { OtherModules } from './targets.ts';

/** A module beside the core modules of a component. */
interface OtherModule extends StaticFile {
  /** Absent for the module that raises traps. */
  readonly stack?: string;
}

/** The modules that the runtime would compile while it runs. */
export function otherModules(
  flat: Plan,
  hasTasks: boolean,
  suspend: Suspend | undefined,
  name: string,
): readonly OtherModule[] {
  const stacks = hasTasks ? [...stackModulesOf(flat, suspend !== undefined)] : [];
  return [
    { path: `${name}.trap.wasm`, content: Uint8Array.from(TRAP_MODULE) },
    ...stacks.map(([stack, module], index) => ({
      path: `${name}.stack${index === 0 ? '' : index + 1}.wasm`,
      content: stackModuleBytes(module),
      stack,
    })),
  ];
}

/** Returns the files of such modules. */
export function placesOf(modules: readonly OtherModule[]): OtherModules {
  return {
    trap: modules[0]!.path,
    stacks: new Map(modules.flatMap(({ stack, path }) => (stack === undefined ? [] : [[stack, path]]))),
  };
}

/** Decides how the functions of a component are called. @param compiles whether the platform compiles WebAssembly */
export async function wiringOf(
  flat: Plan,
  hasTasks: boolean,
  suspend: Suspend | undefined,
  compiles: boolean,
  isTraced = false,
): Promise<Wiring> {
  const loaded = await loadParts({ ...needsOf(flat), tasks: hasTasks });
  const { tasks } = loaded;
  const suspension = suspend === undefined ? undefined : suspensionOf(flat, checkedSuspend(suspend));
  const parts = {
    ...loaded,
    tasks: tasks && { ...tasks, taskWirer: (each: Plan) => tasks.taskWirer(each, suspension) },
  };
  return wire(flat, { isTraced, hasTasks, fuses: parts.calls !== undefined, parts, compiles });
}

/** Returns true if a call of the component may suspend a stack. */
export function maySuspendStacks(flat: Plan, hasTasks: boolean, suspend: Suspend | undefined): boolean {
  return hasTasks && stackModulesOf(flat, suspend !== undefined).size > 0;
}
