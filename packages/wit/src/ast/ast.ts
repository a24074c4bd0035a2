import type { SourceFile, Span } from '@wit-ts/diagnostics';
import type { PrimitiveType } from '@wit-ts/model';

/**
 * The contents of a WIT file: names without `%`, numbers as numbers and comments as documentation. No name has been
 * looked up. Every node holds its position. When the text has mistakes, nodes are missing or incomplete: a missing
 * name is empty, and a missing type has the tag `missing`.
 */
export interface Ast {
  readonly file: SourceFile;
  /** `package a:b;` at the top of the file. */
  readonly header?: PackageHeader;
  readonly items: readonly TopLevelItem[];
  /** `package a:b { … }` */
  readonly packages: readonly PackageBlock[];
}

/** A name with its position. */
export interface Ident {
  /** The name without `%`; empty when the text has none. */
  readonly name: string;
  readonly span: Span;
  /** Set when the name is already reported as wrong, as keywords are. It is then not reported again as unknown. */
  readonly wrong?: true;
}

export interface PackageHeader {
  readonly name: PackageNameNode;
  readonly docs?: DocsNode;
  readonly span: Span;
}

export interface PackageBlock extends PackageHeader {
  readonly items: readonly TopLevelItem[];
}

export interface PackageNameNode {
  readonly namespace: Ident;
  readonly name: Ident;
  readonly version?: VersionNode;
  readonly span: Span;
}

/** A valid semantic version; invalid ones are reported and left out. */
export interface VersionNode {
  readonly text: string;
  readonly span: Span;
}

/** The text of the comments before an item, without their markers. */
export interface DocsNode {
  readonly contents: string;
  readonly span: Span;
}

export type TopLevelItem = TopLevelUse | InterfaceNode | WorldNode;

interface Item {
  /** The position of the whole item, with its attributes and without its documentation. */
  readonly span: Span;
  readonly attributes: readonly Attribute[];
  readonly docs?: DocsNode;
}

export type Attribute =
  | { readonly tag: 'since'; readonly version: VersionNode; readonly span: Span }
  | { readonly tag: 'unstable'; readonly feature: Ident; readonly span: Span }
  | { readonly tag: 'deprecated'; readonly version: VersionNode; readonly span: Span }
  | { readonly tag: 'external-id'; readonly value: string; readonly span: Span };

/** `a`, or `a:b/c@1.0.0` with the package it names. */
export interface Path {
  readonly package?: PackageNameNode;
  readonly name: Ident;
  readonly span: Span;
}

export interface TopLevelUse extends Item {
  readonly tag: 'use';
  readonly path: Path;
  readonly as?: Ident;
}

export interface InterfaceNode extends Item {
  readonly tag: 'interface';
  readonly name: Ident;
  readonly members: readonly InterfaceMember[];
}

export type InterfaceMember = UseNode | TypeDefNode | FuncNode;

export interface WorldNode extends Item {
  readonly tag: 'world';
  readonly name: Ident;
  readonly members: readonly WorldMember[];
}

export type WorldMember = UseNode | TypeDefNode | IncludeNode | ExternNode;

export interface UseNode extends Item {
  readonly tag: 'use-types';
  readonly path: Path;
  readonly names: readonly RenamedNode[];
}

/** `a`, `a as b` */
export interface RenamedNode {
  readonly name: Ident;
  readonly as?: Ident;
}

export interface IncludeNode extends Item {
  readonly tag: 'include';
  readonly path: Path;
  readonly names: readonly RenamedNode[];
}

/** An import or an export of a world. */
export interface ExternNode extends Item {
  readonly tag: 'extern';
  readonly direction: 'import' | 'export';
  readonly type: ExternTypeNode;
}

export type ExternTypeNode =
  | { readonly tag: 'func'; readonly name: Ident; readonly func: FuncTypeNode }
  | { readonly tag: 'interface'; readonly name: Ident; readonly members: readonly InterfaceMember[] }
  /** `import a:b/c;`, or `import name: a:b/c;` with a label. */
  | { readonly tag: 'path'; readonly name?: Ident; readonly path: Path };

export interface FuncNode extends Item {
  readonly tag: 'func';
  readonly name: Ident;
  readonly func: FuncTypeNode;
}

export interface FuncTypeNode {
  readonly async: boolean;
  readonly params: readonly ParamNode[];
  readonly result?: TypeNode;
  readonly span: Span;
}

export interface ParamNode {
  readonly name: Ident;
  readonly type: TypeNode;
}

export interface TypeDefNode extends Item {
  readonly tag: 'type';
  readonly name: Ident;
  readonly definition: Definition;
}

export type Definition =
  | { readonly tag: 'alias'; readonly type: TypeNode }
  | { readonly tag: 'record'; readonly fields: readonly FieldNode[] }
  | { readonly tag: 'flags'; readonly flags: readonly LabelNode[] }
  | { readonly tag: 'variant'; readonly cases: readonly CaseNode[] }
  | { readonly tag: 'enum'; readonly cases: readonly LabelNode[] }
  | { readonly tag: 'resource'; readonly methods: readonly MethodNode[] };

export interface FieldNode {
  readonly name: Ident;
  readonly type: TypeNode;
  readonly docs?: DocsNode;
}

export interface LabelNode {
  readonly name: Ident;
  readonly docs?: DocsNode;
}

export interface CaseNode {
  readonly name: Ident;
  readonly type?: TypeNode;
  readonly docs?: DocsNode;
}

/** A method of a resource. The `name` of a constructor is its keyword. */
export interface MethodNode extends Item {
  readonly tag: 'method' | 'static' | 'constructor';
  readonly name: Ident;
  readonly func: FuncTypeNode;
}

export type TypeNode = { readonly span: Span } & (
  | { readonly tag: 'primitive'; readonly name: PrimitiveType }
  | { readonly tag: 'name'; readonly name: Ident }
  | { readonly tag: 'tuple'; readonly types: readonly TypeNode[] }
  | { readonly tag: 'list'; readonly element: TypeNode; readonly length?: LengthNode }
  | { readonly tag: 'map'; readonly key: TypeNode; readonly value: TypeNode }
  | { readonly tag: 'option'; readonly type: TypeNode }
  | { readonly tag: 'result'; readonly ok?: TypeNode; readonly err?: TypeNode }
  | { readonly tag: 'future' | 'stream'; readonly payload?: TypeNode }
  | { readonly tag: 'own' | 'borrow'; readonly resource: Ident }
  /** A type that the parser could not read, which is already reported. */
  | { readonly tag: 'missing' }
);

export interface LengthNode {
  readonly value: number;
  readonly span: Span;
}
