import type { ComponentInstance } from '@wit-ts/abi';
import { isCompiledModule, LinkError } from '@wit-ts/runtime/static-module';
import { decodeBase64 } from './decode-base64.ts';

/** The type of a core module that a component imports, as a static module knows it. */
export interface ImportedModuleType {
  readonly path: readonly string[];
  /** What the module may import and what it must export, with kinds as in `WebAssembly.Module.imports`. */
  readonly imports: readonly (readonly [module: string, name: string, kind: string])[];
  readonly exports: readonly (readonly [name: string, kind: string])[];
  /** The functions among the imports that `importing` exports again, under their numbers. */
  readonly typed: readonly (readonly [module: string, name: string])[];
  /**
   * Core modules in base64 that import functions with the types of the imports and of the exports: functions of
   * JavaScript have no types, and a compiled module does not show those of its functions.
   */
  readonly importing?: string;
  readonly exporting?: string;
}

const OTHER_TYPE = 'a core module of another type';

/** Returns what tells whether a host's value is a core module of a type; or what it is instead. */
export function isModuleOf({ imports, exports }: ImportedModuleType): (found: unknown) => boolean | string {
  return (found) => {
    if (!isCompiledModule(found)) return false;
    const exported = WebAssembly.Module.exports(found);
    const fits =
      WebAssembly.Module.imports(found).every((given) =>
        imports.some(
          ([module, name, kind]) => given.module === module && given.name === name && given.kind === kind,
        ),
      ) &&
      exports.every(([name, kind]) => exported.some((given) => given.name === name && given.kind === kind));
    return fits || OTHER_TYPE;
  };
}

/**
 * Asks for an instance of a host's core module, whose functions get the types of the import.
 *
 * @throws LinkError when an export of the module has another type
 */
export function* instanceOfGiven(
  { path, typed, importing, exporting }: ImportedModuleType,
  [module, given, instance]: readonly [WebAssembly.Module, WebAssembly.Imports, ComponentInstance],
): Generator<
  readonly [WebAssembly.Module, WebAssembly.Imports, ComponentInstance],
  WebAssembly.Exports,
  WebAssembly.Exports
> {
  const imports = importing === undefined ? given : typedImports(importing, typed, given);
  const exports = yield [module, imports, instance];
  try {
    if (exporting !== undefined) instanceOf(exporting, { '': exports });
  } catch (error) {
    const help = error instanceof Error ? error.message : String(error);
    throw new LinkError([{ path, expected: 'a core module of the imported type', given: OTHER_TYPE, help }]);
  }
  return exports;
}

function typedImports(
  importing: string,
  typed: ImportedModuleType['typed'],
  given: WebAssembly.Imports,
): WebAssembly.Imports {
  const exports = instanceOf(importing, given);
  if (exports === undefined) return given;
  const imports = Object.create(null) as Record<string, Record<string, WebAssembly.ImportValue>>;
  for (const [name, items] of Object.entries(given))
    imports[name] = Object.assign(Object.create(null) as object, items) as WebAssembly.ModuleImports;
  for (const [index, [module, name]] of typed.entries()) imports[module]![name] = exports[index]!;
  return imports;
}

/** Returns nothing on a platform that does not compile modules at run time. @throws WebAssembly.LinkError */
function instanceOf(base64: string, imports: WebAssembly.Imports): WebAssembly.Exports | undefined {
  let module: WebAssembly.Module;
  try {
    module = new WebAssembly.Module(decodeBase64(base64));
  } catch {
    return undefined;
  }
  return new WebAssembly.Instance(module, imports).exports;
}
