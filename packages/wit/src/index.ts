export { parse, parseOrThrow } from './parse.ts';
export type { ParseOptions } from './parse-valid.ts';
export { resolve, resolveOrThrow } from './resolve/resolve.ts';
export type { Resolved } from './resolve/resolve-with.ts';
export { selectWorld } from './select-world.ts';
export type { PackageInput, ResolveInput, ResolveOptions } from './resolve/input.ts';
export { WitCache } from './cache.ts';
export { witCodes, type WitCode } from './codes.ts';
export { children } from './ast/children.ts';
export { nodeSpan, visit, type Visitor } from './ast/visit.ts';
export type { Ancestor, AnyNode, NodeKind, NodeKinds } from './ast/node-kinds.ts';
export { attachComments } from './ast/attach-comments.ts';
export type { AttachedComments, Comment, NodeComments } from './ast/attach-comments.ts';
export type {
  Ast,
  Attribute,
  CaseNode,
  Definition,
  DocsNode,
  ExternNode,
  ExternTypeNode,
  FieldNode,
  FuncNode,
  FuncTypeNode,
  Ident,
  IncludeNode,
  InterfaceMember,
  InterfaceNode,
  LabelNode,
  LengthNode,
  MethodNode,
  PackageBlock,
  PackageHeader,
  PackageNameNode,
  ParamNode,
  Path,
  RenamedNode,
  TopLevelItem,
  TopLevelUse,
  TypeDefNode,
  TypeNode,
  UseNode,
  VersionNode,
  WorldMember,
  WorldNode,
} from './ast/ast.ts';
export { print, printPackages, type PrintedPackage, type PrintOptions } from './print/print.ts';
export { toJson, type Json, type JsonObject, type ResolveJson } from '@wit-ts/model';
export { format, formatDoc, type EndOfLine, type FormatOptions, type FormattedDoc } from './format/format.ts';
export type { Doc } from './format/doc.ts';
