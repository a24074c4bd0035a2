import type { FuncType } from '@wit-ts/abi';
import type { DefType, DefValType, ValType } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import type { Type, TypeDef, TypeDefKind } from '@wit-ts/model';
import { at, type Scope, type TypeItem } from './scope.ts';

/** A type definition with its indices followed: aliases are gone, resources are the objects that identify them. */
export function elaborate(type: DefType, scope: Scope, offset: number): TypeItem {
  switch (type.tag) {
    case 'func':
      return { tag: 'func', type: elaborateFunc(type, scope, offset) };
    case 'component':
    case 'instance':
      return { tag: type.tag, declarations: type.declarations, scope };
    case 'resource':
      throw new DecodeError('a resource type is defined where only its bounds may stand', offset);
    case 'primitive':
      return { tag: 'value', type: type.type };
    default:
      return { tag: 'value', type: { kind: elaborateKind(type, scope, offset) } };
  }
}

/** How many parts a type definition has itself: fields, cases, parameters. */
export function partCount(type: DefType): number {
  switch (type.tag) {
    case 'func':
      return type.params.length;
    case 'record':
      return type.fields.length;
    case 'variant':
      return type.cases.length;
    case 'tuple':
      return type.types.length;
    case 'flags':
    case 'enum':
      return type.names.length;
    default:
      return 0;
  }
}

function elaborateFunc(type: Extract<DefType, { tag: 'func' }>, scope: Scope, offset: number): FuncType {
  const params = type.params.map((param) => ({
    name: param.name,
    type: valueType(param.type, scope, offset),
  }));
  if (type.result === undefined) return { async: type.async, params };
  return { async: type.async, params, result: valueType(type.result, scope, offset) };
}

function elaborateKind(
  type: Exclude<DefValType, { tag: 'primitive' }>,
  scope: Scope,
  offset: number,
): TypeDefKind {
  const value = (inner: ValType): Type => valueType(inner, scope, offset);
  switch (type.tag) {
    case 'record':
      return {
        tag: 'record',
        fields: type.fields.map((field) => ({ name: field.name, type: value(field.type) })),
      };
    case 'variant':
      return {
        tag: 'variant',
        cases: type.cases.map((item) =>
          item.type === undefined ? { name: item.name } : { name: item.name, type: value(item.type) },
        ),
      };
    case 'list':
      return { tag: 'list', element: value(type.element) };
    case 'fixed-length-list':
      return { tag: 'fixed-length-list', element: value(type.element), length: type.length };
    case 'tuple':
      return { tag: 'tuple', types: type.types.map(value) };
    case 'flags':
      return { tag: 'flags', flags: type.names.map((name) => ({ name })) };
    case 'enum':
      return { tag: 'enum', cases: type.names.map((name) => ({ name })) };
    case 'option':
      return { tag: 'option', type: value(type.type) };
    case 'result':
      return {
        tag: 'result',
        ...(type.ok === undefined ? {} : { ok: value(type.ok) }),
        ...(type.err === undefined ? {} : { err: value(type.err) }),
      };
    case 'own':
    case 'borrow':
      return { tag: type.tag, resource: resourceType(type.resource, scope, offset) };
    case 'stream':
    case 'future':
      return type.payload === undefined ? { tag: type.tag } : { tag: type.tag, payload: value(type.payload) };
    case 'map':
      return { tag: 'map', key: value(type.key), value: value(type.value) };
  }
}

export function valueType(type: ValType, scope: Scope, offset: number): Type {
  if (typeof type === 'string') return type;
  const item = at(scope.types, type, 'type', offset);
  if (item.tag !== 'value' || isResource(item.type)) {
    throw new DecodeError(`type ${type} is used as the type of a value, and is none`, offset);
  }
  return item.type;
}

export function resourceType(index: number, scope: Scope, offset: number): TypeDef {
  const item = at(scope.types, index, 'type', offset);
  if (item.tag === 'value' && isResource(item.type)) return item.type;
  throw new DecodeError(`type ${index} is used as a resource, and is none`, offset);
}

export function funcType(index: number, scope: Scope, offset: number): FuncType {
  const item = at(scope.types, index, 'type', offset);
  if (item.tag === 'func') return item.type;
  throw new DecodeError(`type ${index} is used as the type of a function, and is none`, offset);
}

export function isResource(type: Type): type is TypeDef {
  return typeof type !== 'string' && type.kind.tag === 'resource';
}
