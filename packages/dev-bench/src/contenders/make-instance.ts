/**
 * Makes an instance of a suite's component. All contenders map its exports to JavaScript in the same way. `directory`
 * contains what jco generated in this run, and the static module of wit-ts.
 */
export type MakeInstance = (component: Uint8Array<ArrayBuffer>, directory: string) => Promise<object>;

export const contenderNames = ['by hand', 'wit-ts', 'static', 'jco'] as const;
export type ContenderName = (typeof contenderNames)[number];

type Imports = Readonly<Record<string, object>>;

/** Instantiates with wit-ts as a user does: from the bytes of the component, with nothing generated beforehand. */
export function witTs(imports: Imports): MakeInstance {
  return async (component) => {
    const { instantiate } = await import('@wit-ts/runtime');
    return instantiate(component, imports);
  };
}

/** Instantiates the static module of wit-ts. */
export function staticModule(imports: Imports): MakeInstance {
  return async (_, directory) => {
    const { importStaticModule } = await import('./import-static-module.ts');
    const { instantiate } = await importStaticModule<object>(directory);
    return instantiate({ ...imports });
  };
}

/** Instantiates the module that jco generated. */
export function jco(imports: Imports): MakeInstance {
  return async (_, directory) => {
    const { importTranspiled } = await import('./transpiled-module.ts');
    const { instantiate } = await importTranspiled<object>(directory);
    return instantiate({ ...imports });
  };
}
