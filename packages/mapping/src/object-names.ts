import type { Direction } from '@wit-ts/model';
import { parseFunctionName, type CallStyle } from './function-names.ts';
import type { CasingChoice } from './choices.ts';
import { cased, pascalCase } from './letter-case.ts';
import { NameClaims } from './name-claims.ts';

/** For whom names are: the host that runs a component, or the guest, which is the component. */
export type Side = 'host' | 'guest';

/** Properties that an item has, best first; see `Named` in `surface.ts`. */
export type Keys = readonly [string, ...string[]];

/** The names of a function in JavaScript. */
export interface FunctionNames {
  readonly keys: Keys;
  readonly style: CallStyle;
  /** The WIT name of the resource that it belongs to; empty for a function of no resource. */
  readonly resource: string;
  /** The keys of that resource's class; none for a function of no resource. */
  readonly classKeys: Keys | readonly [];
}

interface ClassNames {
  readonly keys: Keys;
  readonly methods: NameClaims;
  readonly statics: NameClaims;
}

/**
 * Gives JavaScript names to the items of one object, in the order in which it is asked. Names that would be the same
 * get a number, each among those that it could clash with: properties of the object, its classes, methods of one
 * class, static functions of one class.
 */
export class ObjectNames {
  readonly direction: Direction;
  readonly #side: Side;
  /**
   * The names that no function may have. Hosts get objects and classes from promises, and a function that is `async`
   * takes an object with a function `then` for a promise: it would call the function of the component, and wait for
   * ever.
   */
  readonly #taken: readonly string[];
  readonly #choices: CasingChoice | undefined;
  readonly #properties: NameClaims;
  readonly #ofResource = new Map<string, ClassNames>();

  constructor(direction: Direction, choices?: CasingChoice, side: Side = 'host') {
    this.direction = direction;
    this.#side = side;
    this.#choices = choices;
    this.#taken = side === 'host' ? ['then'] : [];
    this.#properties = new NameClaims(this.#taken);
  }

  /** Returns the names of an object that is an item of this one. */
  inner(): ObjectNames {
    return new ObjectNames(this.direction, this.#choices, this.#side);
  }

  /** Returns a name under the choices, whether an item has it or not. */
  cased(name: string): string {
    return cased(name, this.#choices);
  }

  /** Names a function, given its annotated WIT name. */
  function(name: string): FunctionNames {
    const { style, resource, member } = parseFunctionName(name);
    if (style === 'function') return { keys: this.property(name), style, resource, classKeys: [] };
    const { keys: classKeys, methods, statics } = this.#class(resource);
    if (style === 'constructor') return { keys: classKeys, style, resource, classKeys };
    const claims = style === 'static' ? statics : methods;
    return { keys: [claims.claim(this.cased(member))], style, resource, classKeys };
  }

  /** Names the class of a resource. */
  class(resource: string): Keys {
    return this.#class(resource).keys;
  }

  /** Names anything else: a core module, a component, an interface with a plain name. */
  property(name: string): Keys {
    const key = this.cased(name);
    return this.#keys(this.#properties.claim(key), key, name);
  }

  /** Claims a property whose key is not the cased name of an item, and adds a number if an item has that key. */
  claim(key: string): string {
    return this.#properties.claim(key);
  }

  /** Returns true if an item has the property. */
  has(key: string): boolean {
    return this.#properties.has(key);
  }

  #class(resource: string): ClassNames {
    let found = this.#ofResource.get(resource);
    if (found === undefined) {
      const pascal = pascalCase(resource);
      found = {
        keys: this.#keys(this.#properties.claim(pascal), pascal, resource),
        methods: new NameClaims(this.#taken),
        // The property `prototype` of a class cannot be replaced.
        statics: new NameClaims(['prototype', ...this.#taken]),
      };
      this.#ofResource.set(resource, found);
    }
    return found;
  }

  /**
   * A host may write the WIT name of what it gives, too. A name that JavaScript does not change may be another item's
   * key.
   */
  #keys(key: string, own: string, name: string): Keys {
    return this.direction === 'export' || own === name ? [key] : [key, name];
  }
}
