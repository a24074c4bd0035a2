export { partsOf } from './parts.ts';
export type {
  Case,
  Direction,
  Docs,
  EnumCase,
  Field,
  Flag,
  Func,
  FuncKind,
  Interface,
  Mutable,
  Owner,
  Package,
  PackageName,
  Param,
  Resolve,
  Stability,
  Type,
  TypeDef,
  TypeDefKind,
  World,
  WorldItem,
} from './types.ts';
export { isMapKeyType, isNumericType, primitiveTypes, type PrimitiveType } from './primitives.ts';
export { type ExternNameParts, parseExternName } from './extern-name-parts.ts';
export {
  externName,
  interfaceName,
  packageNameText,
  parsePackageName,
  parseQualifiedName,
  qualifiedName,
  samePackage,
} from './names.ts';
export { compareVersions, compatibilityKey, compatibilityTrack, isVersion } from './semver.ts';
export { toJson, type Json, type JsonObject, type ResolveJson } from './to-json.ts';
export { shapeOf, type Shape } from './shape.ts';
export { resourceOf, unalias, type Defined } from './unalias.ts';
export { functionsOf, typesOf } from './members.ts';
export { keywords } from './keywords.ts';
export { funcText, funcTypeText, idText, typeDefText, typeText, type TypeTextOptions } from './type-text.ts';
export {
  contractOf,
  worldOf,
  type Contract,
  type ContractInterface,
  type ContractItem,
  type ContractItems,
} from './contract.ts';
export type { ContractPhase } from './contract-keys.ts';
export { parseContract } from './contract-read.ts';
export { contractText } from './contract-text.ts';
export { worldContractText } from './world-contract-text.ts';
export { compatibleKey, compatibleKeys } from './compatible-key.ts';
export { mismatches } from './satisfy.ts';
export type {
  HandleKind,
  Mismatch,
  MismatchCode,
  MismatchFacts,
  ResourceOrigin,
  Unexpressed,
  UnexpressedItem,
} from './mismatch.ts';
export {
  functionSegment,
  pathTexts,
  segmentName,
  segmentText,
  type DefinitionKind,
  type Label,
  type Labelled,
  type PathNode,
  type PathSegment,
  type PathStep,
  type UnexpressedSort,
} from './mismatch-path.ts';
export { mismatchTexts, originText, type MismatchTexts } from './mismatch-text.ts';
export { featureOf, memberStability } from './explain/feature-gates.ts';
export { helpFor, type HelpContext } from './explain/mismatch-help.ts';
export { summaryOf } from './explain/mismatch-summary.ts';
export { MOST_SUGGESTED, type Nearest } from './explain/near-name.ts';
export { memberAt, itemMemberOf, WorldLookup, type ItemMember } from './explain/world-lookup.ts';
export { isLabel, isLowerLabel } from './label.ts';
export { plainLine } from './plain-line.ts';
export { ownProperties, withoutPrototype } from './without-prototype.ts';
