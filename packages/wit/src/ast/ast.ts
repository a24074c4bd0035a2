import type { SourceFile, Span } from '@wit-ts/diagnostics';
import type { PrimitiveType } from '@wit-ts/model';

/**
 * The syntax tree of a WIT file: names without `%`, numbers as numbers and comments as documentation. Names are not
 * looked up. Every node has its position. When the text has mistakes, nodes are missing or incomplete: a missing name
 * is empty, and a missing type has the tag `missing`.
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
  /** Set if the name has been reported as wrong, as keywords are. It is then not reported again as unknown. */
  readonly wrong?: true;
}

/** A package declaration. */
export interface PackageHeader {
  readonly name: PackageNameNode;
  readonly docs?: DocsNode;
  readonly span: Span;
}

/** A package that is nested in a file: `package a:b { … }`. */
export interface PackageBlock extends PackageHeader {
  readonly items: readonly TopLevelItem[];
}

/** The name of a package: `a:b@1.0.0`. */
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

/** An item of a file or a package. */
export type TopLevelItem = TopLevelUse | InterfaceNode | WorldNode;

interface Item {
  /** The position of the whole item, with its attributes and without its documentation. */
  readonly span: Span;
  readonly attributes: readonly Attribute[];
  readonly docs?: DocsNode;
}

/** A gate or an external id before an item: `@since`, `@unstable`, `@deprecated`, `@external-id`. */
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

/** A `use` outside of interfaces and worlds, which gives an interface a name in the file. */
export interface TopLevelUse extends Item {
  readonly tag: 'use';
  readonly path: Path;
  readonly as?: Ident;
}

/** An interface. */
export interface InterfaceNode extends Item {
  readonly tag: 'interface';
  readonly name: Ident;
  readonly members: readonly InterfaceMember[];
}

/** An item of an interface. */
export type InterfaceMember = UseNode | TypeDefNode | FuncNode;

/** A world. */
export interface WorldNode extends Item {
  readonly tag: 'world';
  readonly name: Ident;
  readonly members: readonly WorldMember[];
}

/** An item of a world. */
export type WorldMember = UseNode | TypeDefNode | IncludeNode | ExternNode;

/** A `use` of types of another interface. */
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

/** An `include` of a world. */
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

/** The type of an import or export of a world: an interface by its path or inline, or a function. */
export type ExternTypeNode =
  | { readonly tag: 'func'; readonly name: Ident; readonly func: FuncTypeNode }
  | { readonly tag: 'interface'; readonly name: Ident; readonly members: readonly InterfaceMember[] }
  /** `import a:b/c;`, or `import name: a:b/c;` with a label. */
  | { readonly tag: 'path'; readonly name?: Ident; readonly path: Path };

/** A function of an interface. */
export interface FuncNode extends Item {
  readonly tag: 'func';
  readonly name: Ident;
  readonly func: FuncTypeNode;
}

/** The type of a function. */
export interface FuncTypeNode {
  readonly async: boolean;
  readonly params: readonly ParamNode[];
  readonly result?: TypeNode;
  readonly span: Span;
}

/** A parameter of a function. */
export interface ParamNode {
  readonly name: Ident;
  readonly type: TypeNode;
}

/** A definition of a named type. */
export interface TypeDefNode extends Item {
  readonly tag: 'type';
  readonly name: Ident;
  readonly definition: Definition;
}

/** The definition of a named type, by its kind. */
export type Definition =
  | { readonly tag: 'alias'; readonly type: TypeNode }
  | { readonly tag: 'record'; readonly fields: readonly FieldNode[] }
  | { readonly tag: 'flags'; readonly flags: readonly LabelNode[] }
  | { readonly tag: 'variant'; readonly cases: readonly CaseNode[] }
  | { readonly tag: 'enum'; readonly cases: readonly LabelNode[] }
  | { readonly tag: 'resource'; readonly methods: readonly MethodNode[] };

/** A field of a record. */
export interface FieldNode {
  readonly name: Ident;
  readonly type: TypeNode;
  readonly docs?: DocsNode;
}

/** A flag, or a case of an enum. */
export interface LabelNode {
  readonly name: Ident;
  readonly docs?: DocsNode;
}

/** A case of a variant. */
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

/** A type of a parameter, a field or another part. */
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

/** The length of a list of fixed length. */
export interface LengthNode {
  readonly value: number;
  readonly span: Span;
}
