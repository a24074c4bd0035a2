import { ownProperties } from '@wit-ts/model';
import type { Type, TypeDef, TypeDefKind } from '@wit-ts/model';
import type { DefValType, ValType } from '../ast.ts';

/**
 * Returns the kind of a type definition, given the model's types for the types and for the resource that it mentions.
 * `typeOf` is called for each mentioned type, in the order of the binary.
 */
export function modelKindOf(
  type: DefValType,
  typeOf: (part: ValType) => Type,
  resource: (index: number) => TypeDef,
): TypeDefKind {
  const optional = (part: ValType | undefined): Type | undefined =>
    part === undefined ? undefined : typeOf(part);
  switch (type.tag) {
    case 'primitive':
      return { tag: 'alias', type: type.type };
    case 'record':
      return {
        tag: 'record',
        fields: type.fields.map((field) => ({ name: field.name, type: typeOf(field.type) })),
      };
    case 'variant':
      return {
        tag: 'variant',
        cases: type.cases.map(({ name, type: payload }) => ownProperties({ name, type: optional(payload) })),
      };
    case 'list':
    case 'fixed-length-list':
      return { ...type, element: typeOf(type.element) };
    case 'tuple':
      return { ...type, types: type.types.map(typeOf) };
    case 'flags':
      return { tag: 'flags', flags: type.names.map((name) => ({ name })) };
    case 'enum':
      return { tag: 'enum', cases: type.names.map((name) => ({ name })) };
    case 'option':
      return { ...type, type: typeOf(type.type) };
    case 'result': {
      const ok = optional(type.ok);
      const err = optional(type.err);
      return ownProperties({ tag: 'result', ok, err });
    }
    case 'own':
    case 'borrow':
      return { ...type, resource: resource(type.resource) };
    case 'stream':
    case 'future':
      return ownProperties({ tag: type.tag, payload: optional(type.payload) });
    case 'map':
      return { ...type, key: typeOf(type.key), value: typeOf(type.value) };
  }
}
