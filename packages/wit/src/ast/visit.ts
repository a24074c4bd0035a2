import type { Span } from '@wit-ts/diagnostics';
import type * as ast from './ast.ts';

/** Every kind of node, as visitors name it. */
export interface NodeKinds {
  readonly file: ast.Ast;
  readonly package: ast.PackageHeader | ast.PackageBlock;
  readonly packageName: ast.PackageNameNode;
  readonly topLevelUse: ast.TopLevelUse;
  readonly interface: ast.InterfaceNode;
  readonly world: ast.WorldNode;
  readonly use: ast.UseNode;
  readonly include: ast.IncludeNode;
  /** `a as b`, of a `use` or an `include`. */
  readonly renamed: ast.RenamedNode;
  readonly extern: ast.ExternNode;
  readonly typeDef: ast.TypeDefNode;
  readonly field: ast.FieldNode;
  readonly case: ast.CaseNode;
  /** A flag, or a case of an enum. */
  readonly label: ast.LabelNode;
  readonly func: ast.FuncNode;
  readonly method: ast.MethodNode;
  readonly funcType: ast.FuncTypeNode;
  readonly param: ast.ParamNode;
  readonly type: ast.TypeNode;
  readonly path: ast.Path;
  readonly attribute: ast.Attribute;
  readonly version: ast.VersionNode;
  readonly ident: ast.Ident;
}

export type NodeKind = keyof NodeKinds;
export type AnyNode = NodeKinds[NodeKind];

/** A node on the way from the file to the one that is visited. */
export type Ancestor = {
  [Kind in NodeKind]: { readonly kind: Kind; readonly node: NodeKinds[Kind] };
}[NodeKind];

/**
 * What to do with nodes of each kind. A function that returns `false` keeps what is inside its node from being visited.
 * `ancestors` leads from the file to the node's parent; it is only valid during the call.
 */
export type Visitor = {
  readonly [Kind in NodeKind]?: (node: NodeKinds[Kind], ancestors: readonly Ancestor[]) => boolean | void;
} & {
  /** Before the function for the kind, for nodes of every kind. */
  readonly enter?: (node: Ancestor, ancestors: readonly Ancestor[]) => boolean | void;
  /** After all that is inside the node. */
  readonly leave?: (node: Ancestor, ancestors: readonly Ancestor[]) => void;
};

/** Visits the nodes of a file in the order of its text, each before what is inside it. */
export function visit(file: ast.Ast, visitor: Visitor): void {
  new Walk(visitor).at({ kind: 'file', node: file });
}

/** Where a node stands. For a field, a case, a parameter or a renaming that is from its name to its end. */
export function nodeSpan(node: AnyNode): Span {
  if ('span' in node) return node.span;
  if ('file' in node) return { file: node.file, start: 0, end: node.file.text.length };
  const { name } = node;
  const type = 'type' in node ? node.type : undefined;
  const as = 'as' in node ? node.as : undefined;
  return { ...name.span, end: (type ?? as ?? name).span.end };
}

type Visit = (node: AnyNode, ancestors: readonly Ancestor[]) => boolean | void;

class Walk {
  readonly #visitor: Visitor;
  readonly #ancestors: Ancestor[] = [];

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  at(entry: Ancestor): void {
    const visitor = this.#visitor;
    const ancestors = this.#ancestors;
    // The kind says that the function takes this node.
    const special = visitor[entry.kind] as Visit | undefined;
    if (visitor.enter?.(entry, ancestors) !== false && special?.(entry.node, ancestors) !== false) {
      ancestors.push(entry);
      for (const child of children(entry)) this.at(child);
      ancestors.pop();
    }
    visitor.leave?.(entry, ancestors);
  }
}

/** What is directly inside a node, in the order of the text. */
export function children(entry: Ancestor): Ancestor[] {
  const found: Ancestor[] = [];
  const add = <Kind extends NodeKind>(kind: Kind, node: NodeKinds[Kind] | undefined): void => {
    if (node !== undefined) found.push({ kind, node } as Ancestor);
  };
  const addAll = <Kind extends NodeKind>(kind: Kind, nodes: readonly NodeKinds[Kind][]): void => {
    for (const node of nodes) add(kind, node);
  };
  const addMembers = (members: readonly (ast.InterfaceMember | ast.WorldMember)[]): void => {
    for (const member of members) found.push(memberEntry(member));
  };
  switch (entry.kind) {
    case 'file': {
      const { header, items, packages } = entry.node;
      add('package', header);
      const rest = [...items.map(itemEntry), ...packages.map((node) => ({ kind: 'package', node }) as const)];
      found.push(...rest.sort((a, b) => a.node.span.start - b.node.span.start));
      break;
    }
    case 'package':
      add('packageName', entry.node.name);
      if ('items' in entry.node) found.push(...entry.node.items.map(itemEntry));
      break;
    case 'packageName': {
      const { namespace, name, version } = entry.node;
      add('ident', namespace);
      add('ident', name);
      add('version', version);
      break;
    }
    case 'topLevelUse':
      addAll('attribute', entry.node.attributes);
      add('path', entry.node.path);
      add('ident', entry.node.as);
      break;
    case 'interface':
    case 'world':
      addAll('attribute', entry.node.attributes);
      add('ident', entry.node.name);
      addMembers(entry.node.members);
      break;
    case 'use':
    case 'include':
      addAll('attribute', entry.node.attributes);
      add('path', entry.node.path);
      addAll('renamed', entry.node.names);
      break;
    case 'renamed':
      add('ident', entry.node.name);
      add('ident', entry.node.as);
      break;
    case 'extern': {
      const { attributes, type } = entry.node;
      addAll('attribute', attributes);
      add('ident', type.name);
      if (type.tag === 'func') add('funcType', type.func);
      else if (type.tag === 'path') add('path', type.path);
      else addMembers(type.members);
      break;
    }
    case 'typeDef':
      addAll('attribute', entry.node.attributes);
      add('ident', entry.node.name);
      addDefinition(entry.node.definition);
      break;
    case 'field':
    case 'param':
    case 'case':
      add('ident', entry.node.name);
      add('type', entry.node.type);
      break;
    case 'label':
      add('ident', entry.node.name);
      break;
    case 'func':
      addAll('attribute', entry.node.attributes);
      add('ident', entry.node.name);
      add('funcType', entry.node.func);
      break;
    case 'method':
      addAll('attribute', entry.node.attributes);
      // A constructor's name is its keyword.
      if (entry.node.tag !== 'constructor') add('ident', entry.node.name);
      add('funcType', entry.node.func);
      break;
    case 'funcType':
      addAll('param', entry.node.params);
      add('type', entry.node.result);
      break;
    case 'type':
      addTypeParts(entry.node);
      break;
    case 'path': {
      const { package: pkg, name } = entry.node;
      add('ident', pkg?.namespace);
      add('ident', pkg?.name);
      add('ident', name);
      add('version', pkg?.version);
      break;
    }
    case 'attribute':
      if (entry.node.tag === 'unstable') add('ident', entry.node.feature);
      else if (entry.node.tag !== 'external-id') add('version', entry.node.version);
      break;
    case 'version':
    case 'ident':
  }
  return found;

  function addDefinition(definition: ast.Definition): void {
    switch (definition.tag) {
      case 'alias':
        add('type', definition.type);
        break;
      case 'record':
        addAll('field', definition.fields);
        break;
      case 'flags':
        addAll('label', definition.flags);
        break;
      case 'variant':
        addAll('case', definition.cases);
        break;
      case 'enum':
        addAll('label', definition.cases);
        break;
      case 'resource':
        addAll('method', definition.methods);
    }
  }

  function addTypeParts(type: ast.TypeNode): void {
    switch (type.tag) {
      case 'name':
        add('ident', type.name);
        break;
      case 'own':
      case 'borrow':
        add('ident', type.resource);
        break;
      case 'tuple':
        addAll('type', type.types);
        break;
      case 'list':
        add('type', type.element);
        break;
      case 'map':
        add('type', type.key);
        add('type', type.value);
        break;
      case 'option':
        add('type', type.type);
        break;
      case 'result':
        add('type', type.ok);
        add('type', type.err);
        break;
      case 'future':
      case 'stream':
        add('type', type.payload);
        break;
      case 'primitive':
      case 'missing':
    }
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
