import { type EdgeHandler, imports } from './edge-handler.ts';

/** Milliseconds of one start in a fresh process. */
export interface ColdStart {
  /** Importing the library that makes instances, or what was generated beforehand. */
  readonly load: number;
  /** From a component's bytes to the first answer. */
  readonly firstAnswer: number;
}

/** From bytes to an instance. */
export type Start = (component: Uint8Array<ArrayBuffer>) => Promise<EdgeHandler>;

/**
 * The ways to start. Each imports what it needs before it returns, so that loading and starting can be timed apart. `directory`
 * holds what jco generated beforehand, or will generate.
 */
export const starts = {
  'core module by hand': async (): Promise<Start> => {
    const { startByHand } = await import('./by-hand.ts');
    return startByHand;
  },
  'wit-ts': async (): Promise<Start> => {
    const { instantiate } = await import('@wit-ts/runtime');
    return (component) => instantiate<EdgeHandler>(component, imports);
  },
  'jco, transpiled before': async (directory: string): Promise<Start> => {
    const { importTranspiled } = await import('../contenders/jco-generated.ts');
    const { instantiate } = await importTranspiled<EdgeHandler>(directory);
    return () => instantiate(imports);
  },
  'jco, transpiling': async (directory: string): Promise<Start> => {
    const { jcoFiles } = await import('../contenders/jco.ts');
    const { peer } = await import('@wit-ts/dev-peers');
    await peer('jco-transpile');
    const { importTranspiled, writeTranspiled } = await import('../contenders/jco-generated.ts');
    return async (component) => {
      await writeTranspiled(directory, await jcoFiles(component));
      return (await importTranspiled<EdgeHandler>(directory)).instantiate(imports);
    };
  },
};

export type StartName = keyof typeof starts;

export function isStartName(name: string): name is StartName {
  return Object.hasOwn(starts, name);
}
