export {
  type CasingChoice,
  checkedChoices,
  choicesFor,
  mappingChoices,
  type MappingChoices,
  otherChoices,
} from './choices.ts';
export { camelCase, cased, pascalCase } from './letter-case.ts';
export { memberKeys, NameClaims } from './name-claims.ts';
export { reservedWords } from './reserved-words.ts';
export {
  acceptsUndefined,
  includesUndefined,
  isTaggedOption,
  noneOf,
  optionPayload,
  someOf,
} from './options.ts';
export { dispose } from './dispose.ts';
export { numericType, typedArrays, type NumericType } from './typed-arrays.ts';
export { settlementOf, type Settlement } from './settlements.ts';
export { thrownResult, type ResultKind } from './thrown-results.ts';
export { parseFunctionName, type CallStyle, type FunctionName } from './function-names.ts';
export { bindingName, type Call, callOf, signatureOf, type Signature } from './signatures.ts';
export { jsTypeOf, type JsType, type Property, type TaggedCase } from './js-types.ts';
export { type FunctionNames, type Keys, ObjectNames, type Side } from './object-names.ts';
export type {
  ClassMember,
  FunctionMember,
  FunctionType,
  Items,
  Member,
  ObjectMember,
  SurfaceItem,
  ValueMember,
} from './surface.ts';
export { membersOf } from './members.ts';
export { listedNames, type ListedNames } from './listed-names.ts';
export { exportSurface, lastPart, type NameOrder } from './exports.ts';
export type { InterfaceKeys } from './interface-keys.ts';
export { importSites, type ImportItem, type ImportSite } from './imports.ts';
export {
  interfaceItems,
  worldSurface,
  type WorldSurfaceMember,
  type WorldSurface,
  type WorldSurfaceItem,
} from './world-surface.ts';
