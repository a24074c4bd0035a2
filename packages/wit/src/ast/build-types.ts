import type { CstNode, TypeCstNode } from '@wit-ts/grammar';
import type { PrimitiveType } from '@wit-ts/model';
import type * as ast from './ast.ts';
import type { AstBuilder } from './build.ts';

/** Builds a type; a `missing` one when the tree holds none, or too little of it. */
export function buildType(builder: AstBuilder, node: TypeCstNode | undefined, near?: CstNode): ast.TypeNode {
  if (node === undefined) {
    const at = near === undefined ? 0 : builder.nodeSpan(near).end;
    return { tag: 'missing', span: builder.span(at, at) };
  }
  const { Primitive, Id } = node.children;
  if (Primitive !== undefined) {
    const token = Primitive[0]!;
    return { tag: 'primitive', name: token.image as PrimitiveType, span: builder.tokenSpan(token) };
  }
  if (Id !== undefined) {
    const name = builder.ident(Id[0], node);
    return { tag: 'name', name, span: name.span };
  }
  return buildCompound(builder, node);
}

function buildCompound(builder: AstBuilder, node: TypeCstNode): ast.TypeNode {
  const children = node.children;
  const span = node.location!.startOffset < 0 ? builder.span(0, 0) : builder.nodeSpan(node);
  const child = (nodes: readonly TypeCstNode[] | undefined, index = 0): ast.TypeNode =>
    buildType(builder, nodes?.[index], node);

  const list = children.listType?.[0];
  if (list !== undefined) {
    const element = child(list.children.type);
    const length = list.children.Integer?.[0];
    if (list.children.Comma === undefined) return { tag: 'list', element, span };
    if (length === undefined || length.image === '') return { tag: 'missing', span };
    const lengthSpan = builder.tokenSpan(length);
    return { tag: 'list', element, length: { value: Number(length.image), span: lengthSpan }, span };
  }
  const option = children.optionType?.[0];
  if (option !== undefined) return { tag: 'option', type: child(option.children.type), span };
  const result = children.resultType?.[0];
  if (result !== undefined) {
    const { ok, err } = result.children;
    return {
      tag: 'result',
      ...(ok === undefined ? {} : { ok: child(ok) }),
      ...(err === undefined ? {} : { err: child(err) }),
      span,
    };
  }
  const tuple = children.tupleType?.[0];
  if (tuple !== undefined) {
    return { tag: 'tuple', types: (tuple.children.type ?? []).map((type) => buildType(builder, type)), span };
  }
  const map = children.mapType?.[0];
  if (map !== undefined)
    return { tag: 'map', key: child(map.children.type), value: child(map.children.type, 1), span };
  const channel = children.futureType?.[0] ?? children.streamType?.[0];
  if (channel !== undefined) {
    const tag = channel.name === 'futureType' ? 'future' : 'stream';
    return channel.children.LAngle === undefined
      ? { tag, span }
      : { tag, payload: child(channel.children.type), span };
  }
  const handle = children.ownType?.[0] ?? children.borrowType?.[0];
  if (handle !== undefined) {
    const resource = builder.ident(handle.children.Id?.[0], handle);
    return { tag: handle.name === 'ownType' ? 'own' : 'borrow', resource, span };
  }
  return { tag: 'missing', span };
}
