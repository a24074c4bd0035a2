import type { Func, Mismatch, Type, TypeDef, World } from '@wit-ts/model';
import type { Serving } from './serving.ts';
import { nameOf } from './summary.ts';

/**
 * The parts of a world that the path of a mismatch leads through, from the outside in: the world, an interface or function,
 * then parameters, types, fields … It ends where the world has nothing of the kind.
 */
export function nodesAt(target: Serving, { side, path }: Mismatch): object[] {
  const walk = new Walk(target.world);
  const [first = '', ...rest] = path;
  const item = target.item(side, nameOf(first));
  if (item === undefined) return walk.nodes;
  if (item.tag === 'function') walk.enterFunction(item.function);
  else if (item.tag === 'type') walk.enterType(item.type);
  else walk.nodes.push(item.interface);
  for (const segment of rest) {
    const reached =
      item.tag === 'interface' && walk.nodes.length === 2
        ? walk.member(item.interface, segment)
        : walk.step(segment);
    if (!reached) break;
  }
  return walk.nodes;
}

interface Members {
  readonly types: ReadonlyMap<string, TypeDef>;
  readonly functions: ReadonlyMap<string, Func>;
}

class Walk {
  readonly nodes: object[];
  #func: Func | undefined;
  #type: Type | undefined;

  constructor(world: World) {
    this.nodes = [world];
  }

  enterFunction(func: Func | undefined): boolean {
    if (func === undefined) return false;
    this.nodes.push(func);
    this.#func = func;
    return true;
  }

  enterType(type: Type | undefined): boolean {
    this.#type = type;
    if (typeof type !== 'object') return type !== undefined;
    this.nodes.push(type);
    while (typeof this.#type === 'object' && this.#type.kind.tag === 'alias') {
      this.#type = this.#type.kind.type;
      if (typeof this.#type === 'object') this.nodes.push(this.#type);
    }
    return true;
  }

  member({ types, functions }: Members, segment: string): boolean {
    const word = segment.slice(0, segment.indexOf(' '));
    const name = nameOf(segment);
    if (word === 'func') return this.enterFunction(functions.get(name));
    if (word === 'constructor' || word === 'method' || word === 'static') {
      return this.enterFunction(functions.get(`[${word}]${name}`));
    }
    return this.enterType(types.get(name));
  }

  step(segment: string): boolean {
    const name = nameOf(segment);
    if (segment === 'result') return this.enterType(this.#func?.result);
    if (segment.startsWith('param ')) return this.#label(this.#func?.params, name);
    const kind = typeof this.#type === 'object' ? this.#type.kind : undefined;
    switch (kind?.tag) {
      case 'record':
        return segment.startsWith('record ') || this.#label(kind.fields, name);
      case 'variant':
      case 'enum':
        return segment.startsWith(`${kind.tag} `) || this.#label(kind.cases, name);
      case 'flags':
        return segment.startsWith('flags ') || this.#label(kind.flags, name);
      case 'option':
        return this.enterType(kind.type);
      case 'list':
      case 'fixed-length-list':
        return this.enterType(kind.element);
      case 'tuple':
        return this.enterType(kind.types[Number(name)]);
      case 'map':
        return this.enterType(segment === 'map key' ? kind.key : kind.value);
      case 'result':
        return this.enterType(segment === 'ok' ? kind.ok : kind.err);
      case 'stream':
      case 'future':
        return this.enterType(kind.payload);
      default:
        return false;
    }
  }

  #label(
    labels: readonly { readonly name: string; readonly type?: Type }[] | undefined,
    name: string,
  ): boolean {
    const found = labels?.find((label) => label.name === name);
    if (found === undefined) return false;
    this.nodes.push(found);
    this.enterType(found.type);
    return true;
  }
}
