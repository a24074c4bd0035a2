import type { Type, TypeDef, TypeDefKind } from '@wit-ts/model';

/** A step on the path from the parts of a type to the type: a map from a part to the next step or to the type. */
type Step = Map<Type | number | undefined, Step | TypeDef>;

/** Finds anonymous types with the same structure, so that a package contains `list<u8>` once. */
export class Interner {
  readonly #roots = new Map<string, Step>();

  /** Returns the type with this structure, if there is one. */
  find(kind: TypeDefKind): TypeDef | undefined {
    return this.#last(kind).get(lastPart(kind)) as TypeDef | undefined;
  }

  /** Adds a type whose structure is new. */
  add(type: TypeDef): void {
    this.#last(type.kind).set(lastPart(type.kind), type);
  }

  /** Returns the step that maps the last part to the type. */
  #last(kind: TypeDefKind): Step {
    const root = this.#root(kind.tag);
    switch (kind.tag) {
      case 'result':
        return next(root, kind.ok);
      case 'map':
        return next(root, kind.key);
      case 'fixed-length-list':
        return next(root, kind.element);
      case 'tuple': {
        // Tuples of one length have paths of one length, so no path ends inside another.
        let step = next(root, kind.types.length);
        for (let i = 0; i < kind.types.length - 1; i += 1) step = next(step, kind.types[i]);
        return step;
      }
      default:
        return root;
    }
  }

  #root(tag: string): Step {
    let root = this.#roots.get(tag);
    if (root === undefined) this.#roots.set(tag, (root = new Map()));
    return root;
  }
}

function lastPart(kind: TypeDefKind): Type | number | undefined {
  switch (kind.tag) {
    case 'option':
      return kind.type;
    case 'list':
      return kind.element;
    case 'borrow':
      return kind.resource;
    case 'future':
    case 'stream':
      return kind.payload;
    case 'result':
      return kind.err;
    case 'map':
      return kind.value;
    case 'fixed-length-list':
      return kind.length;
    case 'tuple':
      return kind.types.at(-1);
    default:
      throw new TypeError(`a ${kind.tag} has no anonymous form`);
  }
}

function next(step: Step, part: Type | number | undefined): Step {
  const known = step.get(part);
  if (known !== undefined) return known as Step;
  const made: Step = new Map();
  step.set(part, made);
  return made;
}
