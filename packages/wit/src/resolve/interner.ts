import type { Type, TypeDef, TypeDefKind } from '@wit-ts/model';

/** A way from the parts of a type to the type: a map for each part, under its own identity. */
type Step = Map<Type | number | undefined, Step | TypeDef>;

/** Finds anonymous types of the same structure, so that a package holds `list<u8>` once. */
export class Interner {
  readonly #roots = new Map<string, Step>();

  /** The type of this structure, made where there is none yet. */
  intern(kind: TypeDefKind, make: () => TypeDef): TypeDef {
    switch (kind.tag) {
      case 'option':
        return this.#one(kind.tag, kind.type, make);
      case 'list':
        return this.#one(kind.tag, kind.element, make);
      case 'borrow':
        return this.#one(kind.tag, kind.resource, make);
      case 'future':
      case 'stream':
        return this.#one(kind.tag, kind.payload, make);
      case 'result':
        return leaf(next(this.#root(kind.tag), kind.ok), kind.err, make);
      case 'map':
        return leaf(next(this.#root(kind.tag), kind.key), kind.value, make);
      case 'fixed-length-list':
        return leaf(next(this.#root(kind.tag), kind.element), kind.length, make);
      case 'tuple': {
        // Tuples of one length have ways of one length, so no way ends in the middle of another.
        let step = next(this.#root(kind.tag), kind.types.length);
        const last = kind.types.length - 1;
        for (let i = 0; i < last; i += 1) step = next(step, kind.types[i]);
        return leaf(step, kind.types[last], make);
      }
      default:
        throw new TypeError(`a ${kind.tag} has no anonymous form`);
    }
  }

  #one(tag: string, part: Type | undefined, make: () => TypeDef): TypeDef {
    return leaf(this.#root(tag), part, make);
  }

  #root(tag: string): Step {
    let root = this.#roots.get(tag);
    if (root === undefined) this.#roots.set(tag, (root = new Map()));
    return root;
  }
}

function next(step: Step, part: Type | number | undefined): Step {
  const known = step.get(part);
  if (known !== undefined) return known as Step;
  const made: Step = new Map();
  step.set(part, made);
  return made;
}

function leaf(step: Step, part: Type | number | undefined, make: () => TypeDef): TypeDef {
  const known = step.get(part);
  if (known !== undefined) return known as TypeDef;
  const made = make();
  step.set(part, made);
  return made;
}
