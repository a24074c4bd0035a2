import { createRequire } from 'node:module';

/** `process.getBuiltinModule`: loads a module of Node when it is first needed. Node 22.0 to 22.2 do not have it. */
export const builtinModule: typeof process.getBuiltinModule = (id: string) =>
  typeof process.getBuiltinModule === 'function'
    ? process.getBuiltinModule(id)
    : createRequire(import.meta.url)(id);
