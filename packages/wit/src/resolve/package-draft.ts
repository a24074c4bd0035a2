import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import type { Gate } from './gates.ts';
import type { Interner } from './interner.ts';
import type { MemberScope } from './member-scope.ts';
import type { NewInterface, NewPackage, NewTypeDef, NewWorld, Resolution } from './resolution.ts';
import type { SourcePackage } from './source-packages.ts';

/** A package while it is being resolved. */
export interface PackageDraft {
  readonly resolution: Resolution;
  readonly sourcePackage: SourcePackage;
  readonly package: NewPackage;
  /** Interfaces and worlds by name. */
  readonly items: ReadonlyMap<string, LocalItem>;
  /** The names of interfaces and worlds in each file, by the index of the file. */
  readonly files: readonly ReadonlyMap<string, FileName>[];
  /** The names of `items`, each after the items that it needs. */
  readonly order: readonly string[];
  /** Types in the order in which they were met. Resources are not replaced by handles yet. */
  readonly arena: NewTypeDef[];
  readonly interner: Interner;
  /** Interfaces that remain in the contract; inline ones come last. */
  readonly interfaces: NewInterface[];
  readonly worlds: LocalWorld[];
}

export type LocalItem = LocalInterface | LocalWorld;

export interface LocalInterface {
  readonly tag: 'interface';
  readonly node: ast.InterfaceNode;
  readonly file: number;
  readonly target: NewInterface;
  readonly scope: MemberScope;
  readonly gate: Gate;
  /** Set when its types are resolved. Never set for an interface in a cycle. */
  resolved: boolean;
}

export interface LocalWorld {
  readonly tag: 'world';
  readonly node: ast.WorldNode;
  readonly file: number;
  readonly target: NewWorld;
  readonly gate: Gate;
  readonly includes: Include[];
  /**
   * The position of each import and export by key. For items from an `include`, it is the position of the `include`.
   */
  readonly sites: { readonly imports: Map<string, Span>; readonly exports: Map<string, Span> };
  /** Set when its includes are resolved. Never set for a world in a cycle. */
  resolved: boolean;
}

export interface Include {
  readonly node: ast.IncludeNode;
  readonly gate: Gate;
}

export type FileName =
  /** `target` is where this file names the item: its definition or a `use`. */
  | { readonly tag: 'local'; readonly name: string; readonly target: Span; readonly span: Span }
  | { readonly tag: 'foreign'; readonly path: ast.Path; readonly span: Span }
  /** A `use` without a target, which is already reported. */
  | { readonly tag: 'broken'; readonly span: Span };
