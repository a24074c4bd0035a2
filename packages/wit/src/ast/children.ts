import type * as ast from './ast.ts';
import type { Ancestor, NodeKind, NodeKinds } from './node-kinds.ts';

/** Returns the nodes directly inside a node, in the order of the text. */
export function children(parent: Ancestor): Ancestor[] {
  // The kind says that the function takes this node.
  const childrenOf = childrenOfKind[parent.kind] as (node: Ancestor['node']) => Children;
  return childrenOf(parent.node).filter((entry) => entry !== undefined);
}

/** Children that a node may lack are `undefined`. */
type Children = readonly (Ancestor | undefined)[];

const childrenOfKind: { readonly [Kind in NodeKind]: (node: NodeKinds[Kind]) => Children } = {
  file: ({ header, items, packages }) => [
    child('package', header),
    ...[...items.map(itemEntry), ...all('package', packages)].sort(
      (a, b) => a.node.span.start - b.node.span.start,
    ),
  ],
  package: (node) => [child('packageName', node.name), ...('items' in node ? node.items.map(itemEntry) : [])],
  packageName: ({ namespace, name, version }) => [
    child('ident', namespace),
    child('ident', name),
    child('version', version),
  ],
  topLevelUse: ({ attributes, path, as }) => [
    ...all('attribute', attributes),
    child('path', path),
    child('ident', as),
  ],
  interface: (node) => namedMembers(node),
  world: (node) => namedMembers(node),
  use: (node) => renamedPath(node),
  include: (node) => renamedPath(node),
  renamed: ({ name, as }) => [child('ident', name), child('ident', as)],
  extern: ({ attributes, type }) => [
    ...all('attribute', attributes),
    child('ident', type.name),
    ...externChildren(type),
  ],
  typeDef: ({ attributes, name, definition }) => [
    ...all('attribute', attributes),
    child('ident', name),
    ...definitionChildren(definition),
  ],
  field: (node) => nameAndType(node),
  param: (node) => nameAndType(node),
  case: (node) => nameAndType(node),
  label: ({ name }) => [child('ident', name)],
  func: ({ attributes, name, func }) => [
    ...all('attribute', attributes),
    child('ident', name),
    child('funcType', func),
  ],
  method: ({ attributes, tag, name, func }) => [
    ...all('attribute', attributes),
    // The name of a constructor is its keyword.
    tag === 'constructor' ? undefined : child('ident', name),
    child('funcType', func),
  ],
  funcType: ({ params, result }) => [...all('param', params), child('type', result)],
  type: (node) => typeChildren(node),
  path: ({ package: pkg, name }) => [
    child('ident', pkg?.namespace),
    child('ident', pkg?.name),
    child('ident', name),
    child('version', pkg?.version),
  ],
  attribute: (node) => {
    if (node.tag === 'external-id') return [];
    return [node.tag === 'unstable' ? child('ident', node.feature) : child('version', node.version)];
  },
  version: () => [],
  ident: () => [],
};

function child<Kind extends NodeKind>(
  kind: Kind,
  node: NodeKinds[Kind] | undefined,
): Extract<Ancestor, { kind: Kind }> | undefined {
  return node === undefined ? undefined : ({ kind, node } as Extract<Ancestor, { kind: Kind }>);
}

function all<Kind extends NodeKind>(
  kind: Kind,
  nodes: readonly NodeKinds[Kind][],
): Extract<Ancestor, { kind: Kind }>[] {
  return nodes.map((node) => ({ kind, node }) as Extract<Ancestor, { kind: Kind }>);
}

function namedMembers({ attributes, name, members }: ast.InterfaceNode | ast.WorldNode): Children {
  return [...all('attribute', attributes), child('ident', name), ...members.map(memberEntry)];
}

function renamedPath({ attributes, path, names }: ast.UseNode | ast.IncludeNode): Children {
  return [...all('attribute', attributes), child('path', path), ...all('renamed', names)];
}

function nameAndType({ name, type }: ast.FieldNode | ast.ParamNode | ast.CaseNode): Children {
  return [child('ident', name), child('type', type)];
}

function externChildren(type: ast.ExternTypeNode): Children {
  switch (type.tag) {
    case 'func':
      return [child('funcType', type.func)];
    case 'path':
      return [child('path', type.path)];
    case 'interface':
      return type.members.map(memberEntry);
  }
}

function definitionChildren(definition: ast.Definition): Children {
  switch (definition.tag) {
    case 'alias':
      return [child('type', definition.type)];
    case 'record':
      return all('field', definition.fields);
    case 'flags':
      return all('label', definition.flags);
    case 'variant':
      return all('case', definition.cases);
    case 'enum':
      return all('label', definition.cases);
    case 'resource':
      return all('method', definition.methods);
  }
}

function typeChildren(type: ast.TypeNode): Children {
  switch (type.tag) {
    case 'name':
      return [child('ident', type.name)];
    case 'own':
    case 'borrow':
      return [child('ident', type.resource)];
    case 'tuple':
      return all('type', type.types);
    case 'list':
      return [child('type', type.element)];
    case 'map':
      return [child('type', type.key), child('type', type.value)];
    case 'option':
      return [child('type', type.type)];
    case 'result':
      return [child('type', type.ok), child('type', type.err)];
    case 'future':
    case 'stream':
      return [child('type', type.payload)];
    case 'primitive':
    case 'missing':
      return [];
  }
}

function itemEntry(
  node: ast.TopLevelItem,
): Extract<Ancestor, { kind: 'topLevelUse' | 'interface' | 'world' }> {
  switch (node.tag) {
    case 'use':
      return { kind: 'topLevelUse', node };
    case 'interface':
      return { kind: 'interface', node };
    case 'world':
      return { kind: 'world', node };
  }
}

function memberEntry(node: ast.InterfaceMember | ast.WorldMember): Ancestor {
  switch (node.tag) {
    case 'use-types':
      return { kind: 'use', node };
    case 'type':
      return { kind: 'typeDef', node };
    case 'func':
      return { kind: 'func', node };
    case 'include':
      return { kind: 'include', node };
    case 'extern':
      return { kind: 'extern', node };
  }
}
