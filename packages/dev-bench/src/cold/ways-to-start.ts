import { type EdgeHandler, imports } from './edge-handler.ts';

/** Milliseconds of one start in a fresh process. */
export interface ColdStart {
  /** The time to import the library, or the module that was generated beforehand. */
  readonly load: number;
  /** The time from the bytes of a component to the first answer. */
  readonly firstAnswer: number;
}

/** Makes an instance from the bytes of a component. */
type Start = (component: Uint8Array<ArrayBuffer>) => Promise<EdgeHandler>;

/**
 * The ways to start a component. Each imports what it needs before it returns the function that starts, so that loading
 * and starting are timed separately. `directory` contains what jco and wit-ts generated beforehand, or receives what
 * jco generates.
 */
export const waysToStart = {
  'core module with glue by hand': async (): Promise<Start> => {
    const { startByHand } = await import('./start-by-hand.ts');
    return startByHand;
  },
  'wit-ts': async (): Promise<Start> => {
    const { instantiate } = await import('@wit-ts/runtime');
    return (component) => instantiate<EdgeHandler>(component, imports);
  },
  'wit-ts, static module': async (directory: string): Promise<Start> => {
    const { importStaticModule } = await import('../contenders/import-static-module.ts');
    const { instantiate } = await importStaticModule<EdgeHandler>(directory);
    return () => instantiate(imports);
  },
  'jco, transpiled beforehand': async (directory: string): Promise<Start> => {
    const { importTranspiled } = await import('../contenders/transpiled-module.ts');
    const { instantiate } = await importTranspiled<EdgeHandler>(directory);
    return () => instantiate(imports);
  },
  'jco, transpiled at the start': async (directory: string): Promise<Start> => {
    const { transpileWithJco } = await import('../contenders/transpile-with-jco.ts');
    const { peer } = await import('@wit-ts/dev-peers');
    await peer('jco-transpile');
    const { importTranspiled, writeTranspiled } = await import('../contenders/transpiled-module.ts');
    return async (component) => {
      await writeTranspiled(directory, await transpileWithJco(component));
      return (await importTranspiled<EdgeHandler>(directory)).instantiate(imports);
    };
  },
};

export type WayToStart = keyof typeof waysToStart;

export function isWayToStart(name: string): name is WayToStart {
  return Object.hasOwn(waysToStart, name);
}
