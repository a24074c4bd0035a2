import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import type { Gate } from './gates.ts';
import type { Interner } from './interner.ts';
import type { MemberScope } from './member-scope.ts';
import type { NewInterface, NewPackage, NewTypeDef, NewWorld, Resolution } from './resolution.ts';
import type { SourcePackage } from './source-packages.ts';

/** A package while it is resolved. */
export interface PackageDraft {
  readonly resolution: Resolution;
  readonly sourcePackage: SourcePackage;
  readonly package: NewPackage;
  /** Interfaces and worlds by name. */
  readonly items: ReadonlyMap<string, LocalItem>;
  /** What each file calls interfaces and worlds, by the file's index. */
  readonly files: readonly ReadonlyMap<string, FileName>[];
  /** Names of `items`, each after what it needs. */
  readonly order: readonly string[];
  /** Types in the order in which they were met; resources are not handles yet. */
  readonly arena: NewTypeDef[];
  readonly interner: Interner;
  /** Interfaces that stay in the contract, those written inline last. */
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
  /** Set once its types are there. Stays unset in a cycle. */
  resolved: boolean;
}

export interface LocalWorld {
  readonly tag: 'world';
  readonly node: ast.WorldNode;
  readonly file: number;
  readonly target: NewWorld;
  readonly gate: Gate;
  readonly includes: Include[];
  /** Where each import and export is written, by its key; for what an `include` brings, the `include`. */
  readonly sites: { readonly imports: Map<string, Span>; readonly exports: Map<string, Span> };
  /** Set once its includes are there. Stays unset in a cycle. */
  resolved: boolean;
}

export interface Include {
  readonly node: ast.IncludeNode;
  readonly gate: Gate;
}

export type FileName =
  /** `target` is where the item is named in this file: its definition or a `use`. */
  | { readonly tag: 'local'; readonly name: string; readonly target: Span; readonly span: Span }
  | { readonly tag: 'foreign'; readonly path: ast.Path; readonly span: Span }
  /** A `use` that leads nowhere and is reported. */
  | { readonly tag: 'broken'; readonly span: Span };
