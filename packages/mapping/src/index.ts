export { camelCase, pascalCase } from './letter-case.ts';
export { camelCaseAll, NameClaims } from './name-claims.ts';
export { reservedWords } from './reserved-words.ts';
export { acceptsUndefined, includesUndefined, isTaggedOption } from './options.ts';
export { numericType, typedArrays, type NumericType } from './typed-arrays.ts';
export { thrownResult, type ResultKind } from './thrown-results.ts';
export { parseFunctionName, type CallStyle, type FunctionName } from './function-names.ts';
