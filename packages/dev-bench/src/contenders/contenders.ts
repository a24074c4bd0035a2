/**
 * Makes an instance of a suite's component, which all contenders present alike. `directory` holds what jco generated in this
 * run.
 */
export type Make = (component: Uint8Array<ArrayBuffer>, directory: string) => Promise<object>;

export const contenderNames = ['by hand', 'wit-ts', 'jco'] as const;
export type ContenderName = (typeof contenderNames)[number];

type Imports = Readonly<Record<string, object>>;

/** As a user has it: a component's bytes and an import object, nothing generated beforehand. */
export function witTs(imports: Imports): Make {
  return async (component) => {
    const { instantiate } = await import('@wit-ts/runtime');
    return instantiate(component, imports);
  };
}

export function jco(imports: Imports): Make {
  return async (_, directory) => {
    const { importTranspiled } = await import('./jco-generated.ts');
    const { instantiate } = await importTranspiled<object>(directory);
    return instantiate({ ...imports });
  };
}
