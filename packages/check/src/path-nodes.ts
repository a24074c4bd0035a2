import {
  type PathNode,
  type PathStep,
  type Type,
  type World,
  memberAt,
  type WorldLookup,
} from '@wit-ts/model';

/**
 * The parts of the target world that a path leads through, from the outside in: the world, an interface or a function,
 * then parameters, types, fields. The list ends where the world has nothing more.
 */
export function targetNodes(world: World, path: readonly PathStep[]): object[] {
  return [world, ...path.flatMap(({ expected }) => (expected === undefined ? [] : nodesIn(expected)))];
}

/** The same of another world, which the mismatch was not found in: its item and member of the same names. */
export function namedNodes(lookup: WorldLookup, path: readonly PathStep[]): object[] {
  const [first, second] = path;
  const item = lookup.itemAt(first?.segment);
  if (item === undefined) return [lookup.world];
  const member = second && memberAt(item, second.segment);
  return [lookup.world, ...nodesIn(item), ...(member === undefined ? [] : nodesIn(member))];
}

function nodesIn(node: PathNode): object[] {
  switch (node.tag) {
    case 'interface':
      return [node.interface];
    case 'function':
      return [node.function];
    case 'type':
      return typesBehind(node.type);
    case 'label':
      return [node.label, ...typesBehind(node.label.type)];
  }
}

/** Each alias of a long chain may be part of a mismatch, so only this many of the names behind it are listed. */
const MAX_NAMES = 100;

/** A definition, and the definitions that it is another name for. */
function typesBehind(type: Type | undefined): object[] {
  const nodes: object[] = [];
  let at = type;
  while (typeof at === 'object' && nodes.length < MAX_NAMES) {
    nodes.push(at);
    at = at.kind.tag === 'alias' ? at.kind.type : undefined;
  }
  return nodes;
}
