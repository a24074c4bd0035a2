import type { DefType } from '../ast.ts';

/** Returns the names of a type definition's parts: fields, cases, flags or parameters. */
export function labelsOf(type: DefType): readonly string[] {
  switch (type.tag) {
    case 'record':
      return type.fields.map((field) => field.name);
    case 'variant':
      return type.cases.map((variantCase) => variantCase.name);
    case 'flags':
    case 'enum':
      return type.names;
    case 'func':
      return type.params.map((param) => param.name);
    default:
      return [];
  }
}
