import type {
  EnumCaseCstNode,
  ExternCstNode,
  FlagCstNode,
  FuncTypeCstNode,
  IncludeItemCstNode,
  InterfaceMemberCstNode,
  ParamsCstNode,
  ResourceMemberCstNode,
  UseItemCstNode,
  UseNameCstNode,
  WorldMemberCstNode,
} from '@wit-ts/grammar';
import type * as ast from './ast.ts';
import type { AstBuilder } from './build.ts';
import { buildType } from './build-types.ts';

/** Builds an item of an interface. Returns none when the tree holds too little of it. */
export function buildInterfaceMember(
  builder: AstBuilder,
  node: InterfaceMemberCstNode,
): ast.InterfaceMember[] {
  const { useItem, funcItem } = node.children;
  if (useItem !== undefined) return [buildUse(builder, node, useItem[0]!)];
  if (funcItem !== undefined) {
    const { Id, funcType } = funcItem[0]!.children;
    return [
      {
        tag: 'func',
        ...builder.item(node),
        name: builder.ident(Id?.[0], funcItem[0]!),
        func: buildFuncType(builder, funcType?.[0], node),
      },
    ];
  }
  return buildTypeDef(builder, node);
}

/** Builds an item of a world. Returns none when the tree holds too little of it. */
export function buildWorldMember(builder: AstBuilder, node: WorldMemberCstNode): ast.WorldMember[] {
  const { useItem, includeItem, importItem, exportItem } = node.children;
  if (useItem !== undefined) return [buildUse(builder, node, useItem[0]!)];
  if (includeItem !== undefined) return [buildInclude(builder, node, includeItem[0]!)];
  const extern = importItem?.[0]?.children.extern?.[0] ?? exportItem?.[0]?.children.extern?.[0];
  if (extern !== undefined) {
    const direction = importItem === undefined ? 'export' : 'import';
    return [{ tag: 'extern', ...builder.item(node), direction, type: buildExtern(builder, extern) }];
  }
  return buildTypeDef(builder, node);
}

function buildUse(
  builder: AstBuilder,
  node: InterfaceMemberCstNode | WorldMemberCstNode,
  use: UseItemCstNode,
): ast.UseNode {
  return {
    tag: 'use-types',
    ...builder.item(node),
    path: builder.path(use.children.path?.[0], use),
    names: (use.children.useName ?? []).map((name) => buildRenamed(builder, name)),
  };
}

function buildInclude(
  builder: AstBuilder,
  node: WorldMemberCstNode,
  include: IncludeItemCstNode,
): ast.IncludeNode {
  return {
    tag: 'include',
    ...builder.item(node),
    path: builder.path(include.children.path?.[0], include),
    names: (include.children.includeName ?? []).map((name) => ({
      name: builder.ident(name.children.Id?.[0], name),
      as: builder.ident(name.children.Id?.[1], name),
    })),
  };
}

function buildRenamed(builder: AstBuilder, node: UseNameCstNode): ast.RenamedNode {
  const name = builder.ident(node.children.Id?.[0], node);
  const as = node.children.Id?.[1];
  return as === undefined ? { name } : { name, as: builder.ident(as, node) };
}

function buildExtern(builder: AstBuilder, node: ExternCstNode): ast.ExternTypeNode {
  const { Id, path, externType } = node.children;
  if (externType === undefined) return { tag: 'path', path: builder.path(path?.[0], node) };
  const name = builder.ident(Id?.[0], node);
  const { funcType, interfaceBody, path: labelled } = externType[0]!.children;
  if (interfaceBody !== undefined) {
    const members = interfaceBody[0]!.children.interfaceMember ?? [];
    return {
      tag: 'interface',
      name,
      members: members.flatMap((member) => buildInterfaceMember(builder, member)),
    };
  }
  if (funcType !== undefined) return { tag: 'func', name, func: buildFuncType(builder, funcType[0], node) };
  return { tag: 'path', name, path: builder.path(labelled?.[0], node) };
}

function buildFuncType(
  builder: AstBuilder,
  node: FuncTypeCstNode | undefined,
  near: InterfaceMemberCstNode | ExternCstNode | ResourceMemberCstNode,
): ast.FuncTypeNode {
  const result = node?.children.type?.[0];
  return {
    async: node?.children.Async !== undefined,
    params: buildParams(builder, node?.children.params?.[0]),
    ...(result === undefined ? {} : { result: buildType(builder, result) }),
    span: builder.nodeSpan(node ?? near),
  };
}

function buildParams(builder: AstBuilder, node: ParamsCstNode | undefined): ast.ParamNode[] {
  return (node?.children.param ?? []).map((param) => ({
    name: builder.ident(param.children.Id?.[0], param),
    type: buildType(builder, param.children.type?.[0], param),
  }));
}

function buildTypeDef(
  builder: AstBuilder,
  node: InterfaceMemberCstNode | WorldMemberCstNode,
): ast.TypeDefNode[] {
  const { typeItem, recordItem, flagsItem, variantItem, enumItem, resourceItem } = node.children;
  const item = (typeItem ?? recordItem ?? flagsItem ?? variantItem ?? enumItem ?? resourceItem)?.[0];
  if (item === undefined) return [];
  return [
    {
      tag: 'type',
      ...builder.item(node),
      name: builder.ident(item.children.Id?.[0], item),
      definition: buildDefinition(builder, item),
    },
  ];
}

type DefinitionItem = NonNullable<
  Required<InterfaceMemberCstNode['children']>[
    'typeItem' | 'recordItem' | 'flagsItem' | 'variantItem' | 'enumItem' | 'resourceItem'][number]
>;

function buildDefinition(builder: AstBuilder, item: DefinitionItem): ast.Definition {
  switch (item.name) {
    case 'typeItem':
      return { tag: 'alias', type: buildType(builder, item.children.type?.[0], item) };
    case 'recordItem':
      return {
        tag: 'record',
        fields: (item.children.field ?? []).map((field) => ({
          name: builder.ident(field.children.Id?.[0], field),
          type: buildType(builder, field.children.type?.[0], field),
          ...builder.docs(field.children.Id?.[0]),
        })),
      };
    case 'flagsItem':
      return { tag: 'flags', flags: buildLabels(builder, item.children.flag) };
    case 'enumItem':
      return { tag: 'enum', cases: buildLabels(builder, item.children.enumCase) };
    case 'variantItem':
      return {
        tag: 'variant',
        cases: (item.children.variantCase ?? []).map((node) => ({
          name: builder.ident(node.children.Id?.[0], node),
          ...(node.children.LParen === undefined
            ? {}
            : { type: buildType(builder, node.children.type?.[0], node) }),
          ...builder.docs(node.children.Id?.[0]),
        })),
      };
    case 'resourceItem':
      return {
        tag: 'resource',
        methods: (item.children.resourceMember ?? []).flatMap((member) => buildMethod(builder, member)),
      };
  }
}

function buildLabels(
  builder: AstBuilder,
  nodes: readonly (FlagCstNode | EnumCaseCstNode)[] | undefined,
): ast.LabelNode[] {
  return (nodes ?? []).map((node) => ({
    name: builder.ident(node.children.Id?.[0], node),
    ...builder.docs(node.children.Id?.[0]),
  }));
}

function buildMethod(builder: AstBuilder, node: ResourceMemberCstNode): ast.MethodNode[] {
  const { constructorItem, methodItem } = node.children;
  if (constructorItem !== undefined) {
    const { Constructor, params, type } = constructorItem[0]!.children;
    return [
      {
        tag: 'constructor',
        ...builder.item(node),
        name: { name: 'constructor', span: builder.tokenSpan(Constructor![0]!) },
        func: {
          async: false,
          params: buildParams(builder, params?.[0]),
          ...(type === undefined ? {} : { result: buildType(builder, type[0]) }),
          span: builder.nodeSpan(constructorItem[0]!),
        },
      },
    ];
  }
  if (methodItem === undefined) return [];
  const { Id, Static, funcType } = methodItem[0]!.children;
  return [
    {
      tag: Static === undefined ? 'method' : 'static',
      ...builder.item(node),
      name: builder.ident(Id?.[0], methodItem[0]!),
      func: buildFuncType(builder, funcType?.[0], node),
    },
  ];
}
