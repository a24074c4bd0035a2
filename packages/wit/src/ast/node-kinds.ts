import type * as ast from './ast.ts';

/** The nodes of each kind, under the name that visitors give the kind. */
export interface NodeKinds {
  readonly file: ast.Ast;
  readonly package: ast.PackageHeader | ast.PackageBlock;
  readonly packageName: ast.PackageNameNode;
  readonly topLevelUse: ast.TopLevelUse;
  readonly interface: ast.InterfaceNode;
  readonly world: ast.WorldNode;
  readonly use: ast.UseNode;
  readonly include: ast.IncludeNode;
  /** `a as b`, of a `use` or an `include`. */
  readonly renamed: ast.RenamedNode;
  readonly extern: ast.ExternNode;
  readonly typeDef: ast.TypeDefNode;
  readonly field: ast.FieldNode;
  readonly case: ast.CaseNode;
  /** A flag or a case of an enum. */
  readonly label: ast.LabelNode;
  readonly func: ast.FuncNode;
  readonly method: ast.MethodNode;
  readonly funcType: ast.FuncTypeNode;
  readonly param: ast.ParamNode;
  readonly type: ast.TypeNode;
  readonly path: ast.Path;
  readonly attribute: ast.Attribute;
  readonly version: ast.VersionNode;
  readonly ident: ast.Ident;
}

/** The name of a kind of nodes. */
export type NodeKind = keyof NodeKinds;
/** A node of any kind. */
export type AnyNode = NodeKinds[NodeKind];

/** A node with its kind, as `visit` passes the ancestors of a node. */
export type Ancestor = {
  [Kind in NodeKind]: { readonly kind: Kind; readonly node: NodeKinds[Kind] };
}[NodeKind];
