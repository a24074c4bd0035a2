/** Generated from the grammar by generate.ts; do not edit. */
import type { CstNode, IToken } from 'chevrotain';

export interface WitFileCstNode extends CstNode {
  name: 'witFile';
  children: WitFileCstChildren;
}

export type WitFileCstChildren = {
  topLevelItem?: TopLevelItemCstNode[];
};

export interface TopLevelItemCstNode extends CstNode {
  name: 'topLevelItem';
  children: TopLevelItemCstChildren;
}

export type TopLevelItemCstChildren = {
  attribute?: AttributeCstNode[];
  packageItem?: PackageItemCstNode[];
  topLevelUse?: TopLevelUseCstNode[];
  interfaceItem?: InterfaceItemCstNode[];
  worldItem?: WorldItemCstNode[];
};

export interface AttributeCstNode extends CstNode {
  name: 'attribute';
  children: AttributeCstChildren;
}

export type AttributeCstChildren = {
  At?: IToken[];
  since?: SinceCstNode[];
  unstable?: UnstableCstNode[];
  deprecated?: DeprecatedCstNode[];
  externalId?: ExternalIdCstNode[];
};

export interface SinceCstNode extends CstNode {
  name: 'since';
  children: SinceCstChildren;
}

export type SinceCstChildren = {
  Since?: IToken[];
  LParen?: IToken[];
  Version?: IToken[];
  Equals?: IToken[];
  Semver?: IToken[];
  RParen?: IToken[];
};

export interface UnstableCstNode extends CstNode {
  name: 'unstable';
  children: UnstableCstChildren;
}

export type UnstableCstChildren = {
  Unstable?: IToken[];
  LParen?: IToken[];
  Feature?: IToken[];
  Equals?: IToken[];
  Id?: IToken[];
  RParen?: IToken[];
};

export interface DeprecatedCstNode extends CstNode {
  name: 'deprecated';
  children: DeprecatedCstChildren;
}

export type DeprecatedCstChildren = {
  Deprecated?: IToken[];
  LParen?: IToken[];
  Version?: IToken[];
  Equals?: IToken[];
  Semver?: IToken[];
  RParen?: IToken[];
};

export interface ExternalIdCstNode extends CstNode {
  name: 'externalId';
  children: ExternalIdCstChildren;
}

export type ExternalIdCstChildren = {
  ExternalId?: IToken[];
  LParen?: IToken[];
  StringLiteral?: IToken[];
  RParen?: IToken[];
};

export interface PackageItemCstNode extends CstNode {
  name: 'packageItem';
  children: PackageItemCstChildren;
}

export type PackageItemCstChildren = {
  Package?: IToken[];
  packageName?: PackageNameCstNode[];
  LBrace?: IToken[];
  topLevelItem?: TopLevelItemCstNode[];
  RBrace?: IToken[];
  Semicolon?: IToken[];
};

export interface PackageNameCstNode extends CstNode {
  name: 'packageName';
  children: PackageNameCstChildren;
}

export type PackageNameCstChildren = {
  Id?: IToken[];
  Colon?: IToken[];
  Slash?: IToken[];
  At?: IToken[];
  Semver?: IToken[];
};

export interface TopLevelUseCstNode extends CstNode {
  name: 'topLevelUse';
  children: TopLevelUseCstChildren;
}

export type TopLevelUseCstChildren = {
  Use?: IToken[];
  path?: PathCstNode[];
  As?: IToken[];
  Id?: IToken[];
  Semicolon?: IToken[];
};

export interface PathCstNode extends CstNode {
  name: 'path';
  children: PathCstChildren;
}

export type PathCstChildren = {
  Id?: IToken[];
  Colon?: IToken[];
  Slash?: IToken[];
  At?: IToken[];
  Semver?: IToken[];
};

export interface InterfaceItemCstNode extends CstNode {
  name: 'interfaceItem';
  children: InterfaceItemCstChildren;
}

export type InterfaceItemCstChildren = {
  Interface?: IToken[];
  Id?: IToken[];
  interfaceBody?: InterfaceBodyCstNode[];
};

export interface InterfaceBodyCstNode extends CstNode {
  name: 'interfaceBody';
  children: InterfaceBodyCstChildren;
}

export type InterfaceBodyCstChildren = {
  LBrace?: IToken[];
  interfaceMember?: InterfaceMemberCstNode[];
  RBrace?: IToken[];
};

export interface InterfaceMemberCstNode extends CstNode {
  name: 'interfaceMember';
  children: InterfaceMemberCstChildren;
}

export type InterfaceMemberCstChildren = {
  attribute?: AttributeCstNode[];
  useItem?: UseItemCstNode[];
  typeItem?: TypeItemCstNode[];
  recordItem?: RecordItemCstNode[];
  flagsItem?: FlagsItemCstNode[];
  variantItem?: VariantItemCstNode[];
  enumItem?: EnumItemCstNode[];
  resourceItem?: ResourceItemCstNode[];
  funcItem?: FuncItemCstNode[];
};

export interface UseItemCstNode extends CstNode {
  name: 'useItem';
  children: UseItemCstChildren;
}

export type UseItemCstChildren = {
  Use?: IToken[];
  path?: PathCstNode[];
  Dot?: IToken[];
  LBrace?: IToken[];
  useName?: UseNameCstNode[];
  Comma?: IToken[];
  RBrace?: IToken[];
  Semicolon?: IToken[];
};

export interface UseNameCstNode extends CstNode {
  name: 'useName';
  children: UseNameCstChildren;
}

export type UseNameCstChildren = {
  Id?: IToken[];
  As?: IToken[];
};

export interface TypeItemCstNode extends CstNode {
  name: 'typeItem';
  children: TypeItemCstChildren;
}

export type TypeItemCstChildren = {
  Type?: IToken[];
  Id?: IToken[];
  Equals?: IToken[];
  type?: TypeCstNode[];
  Semicolon?: IToken[];
};

export interface TypeCstNode extends CstNode {
  name: 'type';
  children: TypeCstChildren;
}

export type TypeCstChildren = {
  Primitive?: IToken[];
  Id?: IToken[];
  tupleType?: TupleTypeCstNode[];
  listType?: ListTypeCstNode[];
  mapType?: MapTypeCstNode[];
  optionType?: OptionTypeCstNode[];
  resultType?: ResultTypeCstNode[];
  futureType?: FutureTypeCstNode[];
  streamType?: StreamTypeCstNode[];
  ownType?: OwnTypeCstNode[];
  borrowType?: BorrowTypeCstNode[];
};

export interface TupleTypeCstNode extends CstNode {
  name: 'tupleType';
  children: TupleTypeCstChildren;
}

export type TupleTypeCstChildren = {
  Tuple?: IToken[];
  LAngle?: IToken[];
  type?: TypeCstNode[];
  Comma?: IToken[];
  RAngle?: IToken[];
};

export interface ListTypeCstNode extends CstNode {
  name: 'listType';
  children: ListTypeCstChildren;
}

export type ListTypeCstChildren = {
  List?: IToken[];
  LAngle?: IToken[];
  type?: TypeCstNode[];
  Comma?: IToken[];
  Integer?: IToken[];
  RAngle?: IToken[];
};

export interface MapTypeCstNode extends CstNode {
  name: 'mapType';
  children: MapTypeCstChildren;
}

export type MapTypeCstChildren = {
  Map?: IToken[];
  LAngle?: IToken[];
  type?: TypeCstNode[];
  Comma?: IToken[];
  RAngle?: IToken[];
};

export interface OptionTypeCstNode extends CstNode {
  name: 'optionType';
  children: OptionTypeCstChildren;
}

export type OptionTypeCstChildren = {
  Option?: IToken[];
  LAngle?: IToken[];
  type?: TypeCstNode[];
  RAngle?: IToken[];
};

export interface ResultTypeCstNode extends CstNode {
  name: 'resultType';
  children: ResultTypeCstChildren;
}

export type ResultTypeCstChildren = {
  Result?: IToken[];
  LAngle?: IToken[];
  Underscore?: IToken[];
  Comma?: IToken[];
  err?: TypeCstNode[];
  ok?: TypeCstNode[];
  RAngle?: IToken[];
};

export interface FutureTypeCstNode extends CstNode {
  name: 'futureType';
  children: FutureTypeCstChildren;
}

export type FutureTypeCstChildren = {
  Future?: IToken[];
  LAngle?: IToken[];
  type?: TypeCstNode[];
  RAngle?: IToken[];
};

export interface StreamTypeCstNode extends CstNode {
  name: 'streamType';
  children: StreamTypeCstChildren;
}

export type StreamTypeCstChildren = {
  Stream?: IToken[];
  LAngle?: IToken[];
  type?: TypeCstNode[];
  RAngle?: IToken[];
};

export interface OwnTypeCstNode extends CstNode {
  name: 'ownType';
  children: OwnTypeCstChildren;
}

export type OwnTypeCstChildren = {
  Own?: IToken[];
  LAngle?: IToken[];
  Id?: IToken[];
  RAngle?: IToken[];
};

export interface BorrowTypeCstNode extends CstNode {
  name: 'borrowType';
  children: BorrowTypeCstChildren;
}

export type BorrowTypeCstChildren = {
  Borrow?: IToken[];
  LAngle?: IToken[];
  Id?: IToken[];
  RAngle?: IToken[];
};

export interface RecordItemCstNode extends CstNode {
  name: 'recordItem';
  children: RecordItemCstChildren;
}

export type RecordItemCstChildren = {
  Record?: IToken[];
  Id?: IToken[];
  LBrace?: IToken[];
  field?: FieldCstNode[];
  Comma?: IToken[];
  RBrace?: IToken[];
};

export interface FieldCstNode extends CstNode {
  name: 'field';
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  Id?: IToken[];
  Colon?: IToken[];
  type?: TypeCstNode[];
};

export interface FlagsItemCstNode extends CstNode {
  name: 'flagsItem';
  children: FlagsItemCstChildren;
}

export type FlagsItemCstChildren = {
  Flags?: IToken[];
  Id?: IToken[];
  LBrace?: IToken[];
  flag?: FlagCstNode[];
  Comma?: IToken[];
  RBrace?: IToken[];
};

export interface FlagCstNode extends CstNode {
  name: 'flag';
  children: FlagCstChildren;
}

export type FlagCstChildren = {
  Id?: IToken[];
};

export interface VariantItemCstNode extends CstNode {
  name: 'variantItem';
  children: VariantItemCstChildren;
}

export type VariantItemCstChildren = {
  Variant?: IToken[];
  Id?: IToken[];
  LBrace?: IToken[];
  variantCase?: VariantCaseCstNode[];
  Comma?: IToken[];
  RBrace?: IToken[];
};

export interface VariantCaseCstNode extends CstNode {
  name: 'variantCase';
  children: VariantCaseCstChildren;
}

export type VariantCaseCstChildren = {
  Id?: IToken[];
  LParen?: IToken[];
  type?: TypeCstNode[];
  RParen?: IToken[];
};

export interface EnumItemCstNode extends CstNode {
  name: 'enumItem';
  children: EnumItemCstChildren;
}

export type EnumItemCstChildren = {
  Enum?: IToken[];
  Id?: IToken[];
  LBrace?: IToken[];
  enumCase?: EnumCaseCstNode[];
  Comma?: IToken[];
  RBrace?: IToken[];
};

export interface EnumCaseCstNode extends CstNode {
  name: 'enumCase';
  children: EnumCaseCstChildren;
}

export type EnumCaseCstChildren = {
  Id?: IToken[];
};

export interface ResourceItemCstNode extends CstNode {
  name: 'resourceItem';
  children: ResourceItemCstChildren;
}

export type ResourceItemCstChildren = {
  Resource?: IToken[];
  Id?: IToken[];
  LBrace?: IToken[];
  resourceMember?: ResourceMemberCstNode[];
  RBrace?: IToken[];
  Semicolon?: IToken[];
};

export interface ResourceMemberCstNode extends CstNode {
  name: 'resourceMember';
  children: ResourceMemberCstChildren;
}

export type ResourceMemberCstChildren = {
  attribute?: AttributeCstNode[];
  constructorItem?: ConstructorItemCstNode[];
  methodItem?: MethodItemCstNode[];
};

export interface ConstructorItemCstNode extends CstNode {
  name: 'constructorItem';
  children: ConstructorItemCstChildren;
}

export type ConstructorItemCstChildren = {
  Constructor?: IToken[];
  params?: ParamsCstNode[];
  Arrow?: IToken[];
  type?: TypeCstNode[];
  Semicolon?: IToken[];
};

export interface ParamsCstNode extends CstNode {
  name: 'params';
  children: ParamsCstChildren;
}

export type ParamsCstChildren = {
  LParen?: IToken[];
  param?: ParamCstNode[];
  Comma?: IToken[];
  RParen?: IToken[];
};

export interface ParamCstNode extends CstNode {
  name: 'param';
  children: ParamCstChildren;
}

export type ParamCstChildren = {
  Id?: IToken[];
  Colon?: IToken[];
  type?: TypeCstNode[];
};

export interface MethodItemCstNode extends CstNode {
  name: 'methodItem';
  children: MethodItemCstChildren;
}

export type MethodItemCstChildren = {
  Id?: IToken[];
  Colon?: IToken[];
  Static?: IToken[];
  funcType?: FuncTypeCstNode[];
  Semicolon?: IToken[];
};

export interface FuncTypeCstNode extends CstNode {
  name: 'funcType';
  children: FuncTypeCstChildren;
}

export type FuncTypeCstChildren = {
  Async?: IToken[];
  Func?: IToken[];
  params?: ParamsCstNode[];
  Arrow?: IToken[];
  type?: TypeCstNode[];
};

export interface FuncItemCstNode extends CstNode {
  name: 'funcItem';
  children: FuncItemCstChildren;
}

export type FuncItemCstChildren = {
  Id?: IToken[];
  Colon?: IToken[];
  funcType?: FuncTypeCstNode[];
  Semicolon?: IToken[];
};

export interface WorldItemCstNode extends CstNode {
  name: 'worldItem';
  children: WorldItemCstChildren;
}

export type WorldItemCstChildren = {
  World?: IToken[];
  Id?: IToken[];
  LBrace?: IToken[];
  worldMember?: WorldMemberCstNode[];
  RBrace?: IToken[];
};

export interface WorldMemberCstNode extends CstNode {
  name: 'worldMember';
  children: WorldMemberCstChildren;
}

export type WorldMemberCstChildren = {
  attribute?: AttributeCstNode[];
  importItem?: ImportItemCstNode[];
  exportItem?: ExportItemCstNode[];
  useItem?: UseItemCstNode[];
  includeItem?: IncludeItemCstNode[];
  typeItem?: TypeItemCstNode[];
  recordItem?: RecordItemCstNode[];
  flagsItem?: FlagsItemCstNode[];
  variantItem?: VariantItemCstNode[];
  enumItem?: EnumItemCstNode[];
  resourceItem?: ResourceItemCstNode[];
};

export interface ImportItemCstNode extends CstNode {
  name: 'importItem';
  children: ImportItemCstChildren;
}

export type ImportItemCstChildren = {
  Import?: IToken[];
  extern?: ExternCstNode[];
};

export interface ExternCstNode extends CstNode {
  name: 'extern';
  children: ExternCstChildren;
}

export type ExternCstChildren = {
  Id?: IToken[];
  Colon?: IToken[];
  externType?: ExternTypeCstNode[];
  path?: PathCstNode[];
  Semicolon?: IToken[];
};

export interface ExternTypeCstNode extends CstNode {
  name: 'externType';
  children: ExternTypeCstChildren;
}

export type ExternTypeCstChildren = {
  funcType?: FuncTypeCstNode[];
  Semicolon?: IToken[];
  Interface?: IToken[];
  interfaceBody?: InterfaceBodyCstNode[];
  path?: PathCstNode[];
};

export interface ExportItemCstNode extends CstNode {
  name: 'exportItem';
  children: ExportItemCstChildren;
}

export type ExportItemCstChildren = {
  Export?: IToken[];
  extern?: ExternCstNode[];
};

export interface IncludeItemCstNode extends CstNode {
  name: 'includeItem';
  children: IncludeItemCstChildren;
}

export type IncludeItemCstChildren = {
  Include?: IToken[];
  path?: PathCstNode[];
  With?: IToken[];
  LBrace?: IToken[];
  includeName?: IncludeNameCstNode[];
  Comma?: IToken[];
  RBrace?: IToken[];
  Semicolon?: IToken[];
};

export interface IncludeNameCstNode extends CstNode {
  name: 'includeName';
  children: IncludeNameCstChildren;
}

export type IncludeNameCstChildren = {
  Id?: IToken[];
  As?: IToken[];
};
