import type { FuncType } from '@wit-ts/abi';
import { parseFunctionName } from '@wit-ts/mapping';
import { type Contract, compatibilityKey, type Type, type TypeDef } from '@wit-ts/model';
import type { Plan, PlanExport } from '@wit-ts/plan';
import {
  type ContractDefinition,
  type ContractPosition,
  ContractDefinitions,
} from './contract-definitions.ts';
import { ContractTokens } from './contract-tokens.ts';

/**
 * Returns `true` if a component certainly fulfils a contract: the contract offers every function that the component
 * imports, the component exports every function that the contract requires, and their types are equal. It reads the
 * contract's texts in step with the component's types and builds no model, because it runs before the first call of
 * every component.
 *
 * `false` means that `contractProblems` must compare the two in full: this function explains nothing, and does not
 * handle rare cases (nested instances, modules, one interface on both sides).
 */
export function fits(contract: Contract, plan: Plan): boolean {
  return new ContractComparison(contract, plan).holds();
}

const MAX_DEPTH = 100;

/** Imports that functions of the contract imply, or that ask for nothing. */
const NEEDS_NO_CONTRACT: ReadonlySet<string> = new Set(['resource', 'resource-alias', 'instance']);

class ContractComparison {
  readonly #contract: Contract;
  readonly #plan: Plan;
  readonly #definitions: ContractDefinitions;
  /** The resource of the contract for each resource of the component. */
  readonly #resources = new Map<TypeDef, string>();
  /** Types that were compared with a definition and found equal. */
  readonly #equal = new Map<TypeDef, string>();
  #depth = 0;

  constructor(contract: Contract, plan: Plan) {
    this.#contract = contract;
    this.#plan = plan;
    this.#definitions = new ContractDefinitions(contract);
  }

  holds(): boolean {
    return (
      this.#plan.resources.every(
        (resource) => resource.tag === 'guest' || this.#bindImport(resource.type, resource.import),
      ) &&
      Object.keys(this.#contract.exports).every((key) => this.#bindExports(key)) &&
      this.#plan.imports.every(
        ({ path, item }) =>
          NEEDS_NO_CONTRACT.has(item.tag) || (item.tag === 'func' && this.#import(path, item.type)),
      ) &&
      Object.keys(this.#contract.exports).every((key) => this.#export(key))
    );
  }

  #importPosition([first = '', ...rest]: readonly string[]): ContractPosition | undefined {
    if (rest.length === 0) return { phase: 'imports', key: undefined };
    const key = rest.length === 1 ? this.#definitions.keyOf('imports', first) : undefined;
    return key === undefined ? undefined : { phase: 'imports', key };
  }

  #bindImport(type: TypeDef, index: number): boolean {
    const { path } = this.#plan.imports[index]!;
    const position = this.#importPosition(path);
    return position !== undefined && this.#bind(type, position, path.at(-1)!);
  }

  #bind(type: TypeDef, position: ContractPosition, name: string): boolean {
    const found = this.#definitions.definition(`%${name}`, position);
    const wanted = found === undefined ? undefined : this.#resource(found);
    if (wanted === undefined) return false;
    const bound = this.#resources.get(type);
    if (bound !== undefined) return bound === wanted;
    for (const other of this.#resources.values()) if (other === wanted) return false;
    this.#resources.set(type, wanted);
    return true;
  }

  /** Returns the resource that a definition means, through `use` and `type`; `undefined` for any other type. */
  #resource(definition: ContractDefinition): string | undefined {
    let at: ContractDefinition | undefined = definition;
    for (let step = 0; at !== undefined && step < MAX_DEPTH; step += 1) {
      if (at.text === 'resource') return idOf(at);
      const text: string = at.text.startsWith('use ') ? at.text.slice('use '.length) : at.text;
      at = this.#definitions.definition(text, at.position);
    }
    return undefined;
  }

  #exported(key: string): PlanExport | undefined {
    const exact = this.#plan.exports.get(key);
    if (exact !== undefined || !key.includes('@')) return exact;
    const wanted = compatibilityKey(key);
    const found = [...this.#plan.exports.keys()].filter((name) => compatibilityKey(name) === wanted);
    return found.length === 1 ? this.#plan.exports.get(found[0]!) : undefined;
  }

  #bindExports(key: string): boolean {
    const item = this.#exported(key);
    if (item?.tag === 'resource')
      return this.#bindExport(item.resource, { phase: 'exports', key: undefined }, key);
    const wanted = this.#definitions.interfaceAt({ phase: 'exports', key });
    if (wanted === undefined) return true;
    if (item?.tag !== 'instance') return false;
    return Object.keys(wanted.types ?? {}).every((name) => {
      const type = item.exports.get(name);
      if (type?.tag === 'resource') return this.#bindExport(type.resource, { phase: 'exports', key }, name);
      return type?.tag === 'none';
    });
  }

  #bindExport(resource: number, position: ContractPosition, name: string): boolean {
    return this.#bind(this.#plan.resources[resource]!.type, position, name);
  }

  #import(path: readonly string[], type: FuncType): boolean {
    const position = this.#importPosition(path);
    if (position === undefined) return false;
    const name = path.at(-1)!;
    const text =
      position.key === undefined
        ? this.#definitions.item('imports', name)
        : functionsOf(this.#definitions, position).get(name);
    return typeof text === 'string' && this.#func(text, type, name, position);
  }

  #export(key: string): boolean {
    const wanted = this.#definitions.item('exports', key)!;
    const item = this.#exported(key);
    if (item === undefined) return false;
    if (typeof wanted === 'string') {
      if (item.tag === 'func')
        return this.#func(wanted, item.type, key, { phase: 'exports', key: undefined });
      return item.tag === 'resource';
    }
    const position: ContractPosition = { phase: 'exports', key };
    if (item.tag !== 'instance') return false;
    return [...functionsOf(this.#definitions, position)].every(([name, text]) => {
      const func = item.exports.get(name);
      return func?.tag === 'func' && this.#func(text, func.type, name, position);
    });
  }

  #func(text: string, type: FuncType, name: string, position: ContractPosition): boolean {
    const { style, resource } = parseFunctionName(name);
    const tokens = new ContractTokens(text);
    if (style === 'static' && !tokens.accept('static')) return false;
    if (tokens.accept('async') !== type.async) return false;
    if (!tokens.accept(style === 'constructor' ? 'constructor' : 'func') || !tokens.accept('(')) return false;
    const params = style === 'method' ? type.params.slice(1) : type.params;
    if (style === 'method' && !this.#isHandle(type.params[0]?.type, 'borrow', resource, position))
      return false;
    for (const [index, param] of params.entries()) {
      if (index > 0 && !tokens.accept(',')) return false;
      if (!tokens.label(param.name) || !tokens.accept(':')) return false;
      if (!this.#type(tokens, param.type, position)) return false;
    }
    if (!tokens.accept(')')) return false;
    if (tokens.accept('->')) {
      if (type.result === undefined || !this.#type(tokens, type.result, position)) return false;
    } else if (style === 'constructor') {
      if (!this.#isHandle(type.result, 'own', resource, position)) return false;
    } else if (type.result !== undefined) return false;
    return tokens.next === '';
  }

  #isHandle(
    type: Type | undefined,
    tag: 'own' | 'borrow',
    name: string,
    position: ContractPosition,
  ): boolean {
    if (typeof type !== 'object' || type.kind.tag !== tag) return false;
    return this.#isResource(type.kind.resource, `%${name}`, position);
  }

  #isResource(type: TypeDef, token: string, position: ContractPosition): boolean {
    const definition = this.#definitions.definition(token, position);
    return definition !== undefined && this.#isBound(type, definition);
  }

  #isBound(type: TypeDef, definition: ContractDefinition): boolean {
    const bound = this.#resources.get(type);
    return bound !== undefined && bound === this.#resource(definition);
  }

  #type(tokens: ContractTokens, type: Type, position: ContractPosition): boolean {
    if (this.#depth === MAX_DEPTH) return false;
    this.#depth += 1;
    const equal = this.#mention(tokens, type, position);
    this.#depth -= 1;
    return equal;
  }

  #mention(tokens: ContractTokens, type: Type, position: ContractPosition): boolean {
    if (tokens.accept(keywordOf(type)))
      return typeof type === 'string' || this.#structure(tokens, type, position);
    // The only remaining form is a name: of a definition, or of a resource for an own handle to it.
    const definition = this.#definitions.definition(tokens.take(), position);
    if (definition === undefined) return false;
    if (typeof type === 'object') {
      const { kind } = type;
      if (kind.tag === 'own' && this.#isBound(kind.resource, definition)) return true;
      if (this.#equal.get(type) === idOf(definition)) return true;
    }
    const inner = new ContractTokens(definition.text);
    inner.accept('use');
    if (!this.#type(inner, type, definition.position) || inner.next !== '') return false;
    if (typeof type === 'object') this.#equal.set(type, idOf(definition));
    return true;
  }

  /** Returns whether the text after the keyword is the rest of this type. */
  #structure(tokens: ContractTokens, type: TypeDef, position: ContractPosition): boolean {
    const { kind } = type;
    const of = (inner: Type): boolean => this.#type(tokens, inner, position);
    const angles = (...inner: readonly Type[]): boolean =>
      tokens.accept('<') &&
      inner.every((item, index) => (index === 0 || tokens.accept(',')) && of(item)) &&
      tokens.accept('>');
    const braces = <T>(items: readonly T[], one: (item: T) => boolean): boolean =>
      tokens.accept('{') &&
      items.every((item, index) => (index === 0 || tokens.accept(',')) && one(item)) &&
      tokens.accept('}');
    switch (kind.tag) {
      case 'record':
        return braces(
          kind.fields,
          ({ name, type: field }) => tokens.label(name) && tokens.accept(':') && of(field),
        );
      case 'variant':
        return braces(kind.cases, ({ name, type: payload }) => {
          if (!tokens.label(name)) return false;
          return payload === undefined || (tokens.accept('(') && of(payload) && tokens.accept(')'));
        });
      case 'enum':
        return braces(kind.cases, ({ name }) => tokens.label(name));
      case 'flags':
        return braces(kind.flags, ({ name }) => tokens.label(name));
      case 'tuple':
        return angles(...kind.types);
      case 'option':
        return angles(kind.type);
      case 'list':
        return angles(kind.element);
      case 'map':
        return angles(kind.key, kind.value);
      case 'fixed-length-list':
        return (
          tokens.accept('<') &&
          of(kind.element) &&
          tokens.accept(',') &&
          tokens.accept(String(kind.length)) &&
          tokens.accept('>')
        );
      case 'result': {
        const { ok, err } = kind;
        if (ok === undefined && err === undefined) return tokens.next !== '<';
        if (!tokens.accept('<') || !(ok === undefined ? tokens.accept('_') : of(ok))) return false;
        return (err === undefined || (tokens.accept(',') && of(err))) && tokens.accept('>');
      }
      case 'future':
      case 'stream':
        return kind.payload === undefined ? tokens.next !== '<' : angles(kind.payload);
      case 'own':
      case 'borrow':
        return (
          tokens.accept('<') && this.#isResource(kind.resource, tokens.take(), position) && tokens.accept('>')
        );
      case 'resource':
      case 'alias':
        return false;
    }
  }
}

/** The keyword that the text of a type begins with. */
function keywordOf(type: Type): string {
  if (typeof type === 'string') return type;
  return type.kind.tag === 'fixed-length-list' ? 'list' : type.kind.tag;
}

function functionsOf(
  definitions: ContractDefinitions,
  position: ContractPosition,
): ReadonlyMap<string, string> {
  return new Map(Object.entries(definitions.interfaceAt(position)?.functions ?? {}));
}

function idOf({ position, name }: ContractDefinition): string {
  return `${position.phase} ${position.key ?? ''}.${name}`;
}
