import type { CoreItem } from '@wit-ts/component';
import { type ComponentValue, type ModuleType, moduleTypes } from '@wit-ts/component/linking';
import { isWritable } from '@wit-ts/component/module-writer';
import type { KnownModule, PlanImport } from '@wit-ts/plan';
import type { CoreRequest, Steps } from '../instance/run-steps.ts';
import { LinkError } from '../link-error.ts';
import { type TypedFunction, typedModule } from './typed-module.ts';

/** An import of a core module. */
interface Imported {
  readonly path: readonly string[];
  readonly type: ModuleType | undefined;
}

/** A module that an exported component uses from around it, with the import that it came from. */
class HandedOn implements KnownModule {
  readonly module: WebAssembly.Module;
  readonly imported: Imported;

  constructor(module: WebAssembly.Module, imported: Imported) {
    this.module = module;
    this.imported = imported;
  }
}

/** The functions that a core module imports and exports, and the modules that give them the expected types. */
interface Boundary {
  readonly imports: readonly TypedFunction[];
  readonly importing: WebAssembly.Module | undefined;
  readonly exporting: WebAssembly.Module | undefined;
}

/**
 * Checks that core modules of a host have the signatures of their import's type. A compiled module does not reveal
 * its signatures, and JavaScript would convert between any two.
 */
export class GivenModules {
  readonly #imports: readonly PlanImport[];
  readonly #value: ComponentValue;
  readonly #boundaries = new Map<number, Boundary | undefined>();
  #types: ReadonlyMap<string, ModuleType> | undefined;

  /**
   * @param imports the imports of the plan
   * @param value the component that has them
   */
  constructor(imports: readonly PlanImport[], value: ComponentValue) {
    this.#imports = imports;
    this.#value = value;
  }

  /** Passes steps on, with the host's core modules checked. @throws LinkError when a signature is different */
  *typed(steps: Steps): Steps {
    let step = steps.next();
    while (step.done !== true) {
      const { from } = step.value;
      step = steps.next(
        from.tag === 'import' ? yield* this.#given(step.value, from.import) : yield step.value,
      );
    }
  }

  *#given(
    request: CoreRequest,
    index: number,
  ): Generator<CoreRequest, WebAssembly.Exports, WebAssembly.Exports> {
    const boundary = this.#boundary(index);
    const imports = boundary === undefined ? request.imports : typedImports(boundary, request.imports);
    const exports = yield { ...request, imports };
    try {
      if (boundary?.exporting !== undefined) instanceOf(boundary.exporting, { '': exports });
    } catch (error) {
      throw this.mismatchError(index, error);
    }
    return exports;
  }

  /** Describes what the WebAssembly engine reported about a module. */
  mismatchError(index: number, error: unknown): LinkError {
    return new LinkError([
      {
        path: this.#imported(this.#imports[index]!).path,
        expected: 'a core module of the imported type',
        given: 'a core module of another type',
        help: error instanceof Error ? error.message : String(error),
      },
    ]);
  }

  #boundary(index: number): Boundary | undefined {
    if (this.#boundaries.has(index)) return this.#boundaries.get(index);
    const { type } = this.#imported(this.#imports[index]!);
    const boundary = type && boundaryOf(type);
    this.#boundaries.set(index, boundary);
    return boundary;
  }

  #imported({ path, item }: PlanImport): Imported {
    if (item.tag === 'known')
      return item.value instanceof HandedOn ? item.value.imported : { path, type: undefined };
    this.#types ??= moduleTypes(this.#value);
    return { path, type: this.#types.get(JSON.stringify(path)) };
  }

  /** Prepares a module for a component that is exported, which does not know the module's type. */
  handOn(index: number, module: WebAssembly.Module): KnownModule {
    return new HandedOn(module, this.#imported(this.#imports[index]!));
  }

  /** Returns the address type of a memory that a module exports. */
  addressType(imported: PlanImport, memory: string): 'i32' | 'i64' {
    return addressOf(this.#imported(imported).type?.exports.get(memory));
  }

  /** Returns true when a module exports a memory that i64 addresses. A plan assumes i32. */
  haveLargeMemories(): boolean {
    this.#types ??= moduleTypes(this.#value);
    return [...this.#types.values()].some(({ exports }) =>
      [...exports.values()].some((item) => addressOf(item) === 'i64'),
    );
  }
}

function addressOf(item: CoreItem | undefined): 'i32' | 'i64' {
  return item?.tag === 'memory' && item.limits.memory64 ? 'i64' : 'i32';
}

function boundaryOf({ imports, exports }: ModuleType): Boundary {
  const importing = imports.flatMap(({ module, name, item }) => typedFunction(module, name, item));
  const exporting = [...exports].flatMap(([name, item]) => typedFunction('', name, item));
  return {
    imports: importing,
    importing: importing.length === 0 ? undefined : typedModule(importing),
    exporting: exporting.length === 0 ? undefined : typedModule(exporting),
  };
}

/** Returns a function of a module type, if its type can be written into a module. */
export function typedFunction(module: string, name: string, item: CoreItem): TypedFunction[] {
  return item.tag === 'func' && item.type !== undefined && isWritable(item.type)
    ? [{ module, name, type: item.type }]
    : [];
}

function typedImports({ imports, importing }: Boundary, given: WebAssembly.Imports): WebAssembly.Imports {
  const exports = importing && reexported(importing, given);
  if (exports === undefined) return given;
  const typed = Object.create(null) as Record<string, Record<string, WebAssembly.ImportValue>>;
  for (const [name, items] of Object.entries(given)) typed[name] = Object.assign(Object.create(null), items);
  for (const [index, { module, name }] of imports.entries()) typed[module]![name] = exports[index]!;
  return typed;
}

function reexported(
  importing: WebAssembly.Module,
  given: WebAssembly.Imports,
): WebAssembly.Exports | undefined {
  try {
    return instanceOf(importing, given).exports;
  } catch {
    // The component does not provide what it promised. The engine reports that better for the module itself.
    return undefined;
  }
}

function instanceOf(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Instance {
  return new WebAssembly.Instance(module, imports);
}
