/**
 * A component as its binary has it (`Binary.md`), section by section. Indices are not resolved. The names are the
 * specification's. `validate`, `componentWorld` and the planner find out what the indices mean.
 */

import type { PrimitiveType } from '@wit-ts/model';

export interface Component {
  /** The offset of the component's preamble in the outermost bytes. */
  readonly offset: number;
  /** All definitions in the order of the binary, sections flattened. */
  readonly definitions: readonly Definition[];
  readonly customSections: readonly CustomSection[];
}

/** A custom section. */
export interface CustomSection {
  readonly name: string;
  readonly offset: number;
  /** A view into the decoded bytes. */
  readonly bytes: Uint8Array;
}

/** Each definition knows the offset of its first byte in the outermost bytes. */
export type Definition = { readonly offset: number } & (
  | { readonly tag: 'core-module'; readonly bytes: Uint8Array }
  | { readonly tag: 'core-instance'; readonly instance: CoreInstance }
  | { readonly tag: 'core-type'; readonly type: CoreType }
  | { readonly tag: 'component'; readonly component: Component }
  | { readonly tag: 'instance'; readonly instance: Instance }
  | { readonly tag: 'alias'; readonly alias: Alias }
  | { readonly tag: 'type'; readonly type: DefType }
  | { readonly tag: 'canon'; readonly canon: Canon }
  | {
      readonly tag: 'start';
      readonly func: number;
      readonly args: readonly number[];
      readonly results: number;
    }
  | { readonly tag: 'import'; readonly name: ExternName; readonly type: ExternType }
  | {
      readonly tag: 'export';
      readonly name: ExternName;
      readonly sort: Sort;
      readonly index: number;
      readonly type?: ExternType;
    }
  | { readonly tag: 'value'; readonly type: ValType; readonly bytes: Uint8Array }
);

/** The sorts of core definitions (`core:sort`). */
export type CoreSort = 'func' | 'table' | 'memory' | 'global' | 'tag' | 'type' | 'module' | 'instance';

/** The sorts of definitions. Core sorts have the prefix `core`. */
export type Sort = `core ${CoreSort}` | 'func' | 'value' | 'type' | 'component' | 'instance';

/** A core instance: a module with its arguments, or a list of exports (`core:instance`). */
export type CoreInstance =
  | {
      readonly tag: 'instantiate';
      readonly module: number;
      readonly args: readonly { readonly name: string; readonly instance: number }[];
    }
  | {
      readonly tag: 'exports';
      readonly exports: readonly { readonly name: string; readonly sort: CoreSort; readonly index: number }[];
    };

/** An instance: a component with its arguments, or a list of exports (`instance`). */
export type Instance =
  | {
      readonly tag: 'instantiate';
      readonly component: number;
      readonly args: readonly { readonly name: string; readonly sort: Sort; readonly index: number }[];
    }
  | {
      readonly tag: 'exports';
      readonly exports: readonly { readonly name: ExternName; readonly sort: Sort; readonly index: number }[];
    };

/** An alias of a definition of another instance or of an enclosing component. */
export type Alias =
  | { readonly tag: 'export'; readonly sort: Sort; readonly instance: number; readonly name: string }
  | { readonly tag: 'core-export'; readonly sort: CoreSort; readonly instance: number; readonly name: string }
  /** `count` scopes outwards: components, component types and instance types each count one. */
  | { readonly tag: 'outer'; readonly sort: Sort; readonly count: number; readonly index: number };

/** An import or export name with its attributes (🏷️ 🔗). */
export interface ExternName {
  readonly name: string;
  readonly implements?: string;
  readonly versionSuffix?: string;
  readonly externalId?: string;
  /** Attributes given more than once, which is invalid; the first one counts. */
  readonly repeated?: readonly string[];
}

/** A primitive, or an index into the type index space. */
export type ValType = PrimitiveType | number;

/** A definition of the type index space (`deftype`). */
export type DefType =
  | DefValType
  | {
      readonly tag: 'func';
      readonly async: boolean;
      readonly params: readonly LabelValType[];
      readonly result?: ValType;
    }
  | { readonly tag: 'component'; readonly declarations: readonly Declaration[] }
  | { readonly tag: 'instance'; readonly declarations: readonly Declaration[] }
  | { readonly tag: 'resource'; readonly rep: CoreValType; readonly destructor?: number };

/** A value type with its parts (`defvaltype`). */
export type DefValType =
  | { readonly tag: 'primitive'; readonly type: PrimitiveType }
  | { readonly tag: 'record'; readonly fields: readonly LabelValType[] }
  | { readonly tag: 'variant'; readonly cases: readonly { readonly name: string; readonly type?: ValType }[] }
  | { readonly tag: 'list'; readonly element: ValType }
  | { readonly tag: 'fixed-length-list'; readonly element: ValType; readonly length: number }
  | { readonly tag: 'tuple'; readonly types: readonly ValType[] }
  | { readonly tag: 'flags'; readonly names: readonly string[] }
  | { readonly tag: 'enum'; readonly names: readonly string[] }
  | { readonly tag: 'option'; readonly type: ValType }
  | { readonly tag: 'result'; readonly ok?: ValType; readonly err?: ValType }
  | { readonly tag: 'own'; readonly resource: number }
  | { readonly tag: 'borrow'; readonly resource: number }
  | { readonly tag: 'stream'; readonly payload?: ValType }
  | { readonly tag: 'future'; readonly payload?: ValType }
  | { readonly tag: 'map'; readonly key: ValType; readonly value: ValType };

/** A named part of a type: a field, a case or a parameter. */
export interface LabelValType {
  readonly name: string;
  readonly type: ValType;
}

/** Declarations of component and instance types; imports only in the former. */
export type Declaration = { readonly offset: number } & (
  | { readonly tag: 'core-type'; readonly type: CoreType }
  | { readonly tag: 'type'; readonly type: DefType }
  | { readonly tag: 'alias'; readonly alias: Alias }
  | { readonly tag: 'import'; readonly name: ExternName; readonly type: ExternType }
  | { readonly tag: 'export'; readonly name: ExternName; readonly type: ExternType }
);

/** The type of an import or export (`externdesc`). */
export type ExternType =
  | { readonly tag: 'core-module'; readonly type: number }
  | { readonly tag: 'func'; readonly type: number }
  | {
      readonly tag: 'value';
      readonly bound:
        { readonly tag: 'eq'; readonly value: number } | { readonly tag: 'type'; readonly type: ValType };
    }
  | {
      readonly tag: 'type';
      readonly bound: { readonly tag: 'eq'; readonly type: number } | { readonly tag: 'sub-resource' };
    }
  | { readonly tag: 'component'; readonly type: number }
  | { readonly tag: 'instance'; readonly type: number };

/** Core value types as the binary spells them; references keep their text form (`funcref`, `(ref null 3)`). */
export type CoreValType = string;

/** A function type of a core module. */
export interface CoreFuncType {
  readonly params: readonly CoreValType[];
  readonly results: readonly CoreValType[];
}

/** A definition of the core type index space (`core:type`). */
export type CoreType =
  | ({ readonly tag: 'func' } & CoreFuncType)
  | { readonly tag: 'module'; readonly declarations: readonly CoreModuleDeclaration[] }
  /** Any other definition of WebAssembly 3.0 (struct, array, rec group, sub). Each type takes an index. */
  | { readonly tag: 'other'; readonly types: readonly CoreSubType[] };

/** A type of a recursion group. Packed fields are `i8` and `i16`. */
export type CoreSubType = { readonly supertypes: readonly number[]; readonly shared?: true } & (
  | ({ readonly tag: 'func' } & CoreFuncType)
  | { readonly tag: 'struct' | 'array'; readonly fields: readonly CoreValType[] }
);

/** A declaration of a core module type (`core:moduledecl`). */
export type CoreModuleDeclaration =
  | { readonly tag: 'import'; readonly module: string; readonly name: string; readonly type: CoreExternType }
  | { readonly tag: 'type'; readonly type: CoreType }
  | { readonly tag: 'alias'; readonly count: number; readonly index: number }
  | { readonly tag: 'export'; readonly name: string; readonly type: CoreExternType };

/** The type of a core import or export (`core:externtype`). */
export type CoreExternType =
  | { readonly tag: 'func'; readonly type: number }
  | { readonly tag: 'table'; readonly element: CoreValType; readonly limits: Limits }
  | { readonly tag: 'memory'; readonly limits: Limits }
  | { readonly tag: 'global'; readonly type: CoreValType; readonly mutable: boolean }
  | { readonly tag: 'tag'; readonly type: number };

/** The limits of a memory or table (`limits`). */
export interface Limits {
  readonly minimum: bigint;
  readonly maximum?: bigint;
  readonly shared: boolean;
  /** 64-bit addresses. */
  readonly memory64: boolean;
  readonly pageSizeLog2?: number;
}

/** The options of a canonical definition (`canonopt`). */
export interface CanonOptions {
  readonly stringEncoding: 'utf8' | 'utf16' | 'latin1+utf16';

  readonly memory?: number;
  readonly realloc?: number;
  readonly postReturn?: number;
  readonly async: boolean;
  readonly callback?: number;
  /** Options given more than once, which is invalid; the first one counts. */
  readonly repeated?: readonly string[];
}

/** Canonical definitions. All but `lift` define a core function; `lift` defines a component function. */
export type Canon =
  | { readonly tag: 'lift'; readonly coreFunc: number; readonly options: CanonOptions; readonly type: number }
  | { readonly tag: 'lower'; readonly func: number; readonly options: CanonOptions }
  | { readonly tag: 'resource.new' | 'resource.drop' | 'resource.rep'; readonly resource: number }
  | { readonly tag: 'task.return'; readonly result?: ValType; readonly options: CanonOptions }
  | { readonly tag: 'context.get' | 'context.set'; readonly type: CoreValType; readonly slot: number }
  | { readonly tag: 'subtask.cancel'; readonly async: boolean }
  | {
      readonly tag: `${'stream' | 'future'}.new` | `${'stream' | 'future'}.drop-${'readable' | 'writable'}`;
      readonly type: number;
    }
  | {
      readonly tag: `${'stream' | 'future'}.${'read' | 'write'}`;
      readonly type: number;
      readonly options: CanonOptions;
    }
  | {
      readonly tag: `${'stream' | 'future'}.cancel-${'read' | 'write'}`;
      readonly type: number;
      readonly async: boolean;
    }
  | { readonly tag: 'error-context.new' | 'error-context.debug-message'; readonly options: CanonOptions }
  | {
      readonly tag: 'waitable-set.wait' | 'waitable-set.poll';
      readonly cancellable: boolean;
      readonly memory: number;
    }
  | {
      readonly tag:
        | 'thread.yield'
        | 'thread.suspend'
        | 'thread.suspend-then-resume'
        | 'thread.yield-then-resume'
        | 'thread.suspend-then-promote'
        | 'thread.yield-then-promote';
      readonly cancellable: boolean;
    }
  | { readonly tag: 'thread.new-indirect'; readonly type: number; readonly table: number }
  | { readonly tag: 'thread.spawn-ref'; readonly shared: boolean; readonly type: number }
  | {
      readonly tag: 'thread.spawn-indirect';
      readonly shared: boolean;
      readonly type: number;
      readonly table: number;
    }
  | { readonly tag: 'thread.available-parallelism'; readonly shared: boolean }
  | {
      readonly tag:
        | 'backpressure.inc'
        | 'backpressure.dec'
        | 'task.cancel'
        | 'subtask.drop'
        | 'error-context.drop'
        | 'waitable-set.new'
        | 'waitable-set.drop'
        | 'waitable.join'
        | 'thread.index'
        | 'thread.resume-later';
    };
