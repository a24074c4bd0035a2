import type { Owner, Type, TypeDef, TypeDefKind } from '@wit-ts/model';
import { DecodeError } from '../decode-error.ts';
import { modelKindOf } from '../elaborate/model-kind.ts';
import {
  type DefinedNode,
  type NamedNode,
  peel,
  type EvaluatedType,
  type ValueNode,
} from '../elaborate/nodes.ts';
import { sizeOfDefinition } from '../elaborate/define-type.ts';
import { withArticle } from '../with-article.ts';
import { labelsOf } from '../elaborate/labels.ts';
import type { PackageDocs } from './package-docs.ts';
import { UnwritableNames } from './unwritable-names.ts';

interface Definition {
  readonly name: string;
  readonly owner: Owner;
  /** What an earlier instance of the same interface defined under the name. */
  readonly existing: TypeDef | undefined;
  readonly externalId: string | undefined;
  readonly docs: PackageDocs | undefined;
}

/** Functions, parameters, types and their parts. Real worlds have some thousands. */
const MAX_SIZE = 500_000;

/** Turns evaluated types into definitions of the model: one definition for each node. */
export class TypeBuilder {
  readonly unwritable = new UnwritableNames();
  #size = 0;
  /** All definitions, each after those that it mentions. */
  readonly all: TypeDef[] = [];
  readonly #named = new Map<EvaluatedType, TypeDef>();
  readonly #anonymous = new Map<DefinedNode, Type>();
  readonly #interned = new Map<string, TypeDef>();
  readonly #ids = new Map<TypeDef, number>();
  readonly #offset: number;
  /** The item that is being built, for messages. */
  #subject = '';

  constructor(offset: number) {
    this.#offset = offset;
  }

  /** Returns the definition for an import or export of a type. WIT cannot express types of functions and instances. */
  define(node: EvaluatedType, definition: Definition): TypeDef | undefined {
    const target = peel(node);
    if (target.tag !== 'resource' && target.tag !== 'defined') return undefined;
    if (definition.existing !== undefined) {
      this.#name(node, definition.existing);
      return definition.existing;
    }
    this.about(definition.name);
    const before = this.#find(node);
    const kind = before === undefined ? this.#kindOf(target) : ({ tag: 'alias', type: before } as const);
    const { name, owner, externalId, docs } = definition;
    this.spend(1);
    const made: TypeDef = {
      name,
      kind: withDocs(kind, docs),
      owner,
      ...docs?.notes,
      ...(externalId === undefined ? {} : { externalId }),
    };
    this.#add(made);
    this.#name(node, made);
    return made;
  }

  /** Counts parts of the world: one instance of thousands of functions may be exported a thousand times. */
  spend(parts: number): void {
    this.#size += parts;
    if (this.#size > MAX_SIZE) {
      throw new DecodeError(`the world has more than ${MAX_SIZE} parts`, this.#offset);
    }
  }

  /** Names the item to which the next values belong, for messages. */
  about(name: string): void {
    this.#subject = `\`${name}\``;
  }

  value(node: ValueNode): Type {
    if (typeof node === 'string') return node;
    const defined = this.#find(node);
    if (defined !== undefined) return defined;
    const target = peel(node) as DefinedNode;
    let type = this.#anonymous.get(target);
    if (type === undefined) {
      type = this.#anonymousType(target);
      this.#anonymous.set(target, type);
    }
    return type;
  }

  #anonymousType(node: DefinedNode): Type {
    const kind = this.#kindOf(node);
    switch (kind.tag) {
      case 'alias':
        return kind.type;
      case 'record':
      case 'variant':
      case 'enum':
      case 'flags':
        throw new DecodeError(
          `${this.#subject} uses ${withArticle(kind.tag)} without a name, which WIT cannot express`,
          this.#offset,
        );
      default:
    }
    const key = this.#keyOf(kind);
    let made = this.#interned.get(key);
    if (made === undefined) {
      made = { kind };
      this.#interned.set(key, made);
      this.#add(made);
    }
    return made;
  }

  /** Returns equal keys for equal anonymous types. */
  #keyOf(kind: TypeDefKind): string {
    const ids = Object.entries(kind).map(([key, part]: [string, unknown]) => `${key}=${this.#partKey(part)}`);
    return ids.join(';');
  }

  #partKey(part: unknown): string {
    if (Array.isArray(part)) return part.map((item: unknown) => this.#partKey(item)).join(',');
    return typeof part === 'object' && part !== null ? `#${this.#ids.get(part as TypeDef)}` : String(part);
  }

  #add(type: TypeDef): void {
    this.#ids.set(type, this.all.length);
    this.all.push(type);
  }

  #name(node: EvaluatedType, type: TypeDef): void {
    this.#named.set(node, type);
    const target = peel(node);
    // Handles inside a component may be of the resource itself rather than of its exported name.
    if (target.tag === 'resource' && !this.#named.has(target)) this.#named.set(target, type);
  }

  /** Returns the definition of a node, or of the nearest node that it names. */
  #find(node: EvaluatedType): TypeDef | undefined {
    let at: EvaluatedType = node;
    for (;;) {
      const found = this.#named.get(at);
      if (found !== undefined || at.tag !== 'named') return found;
      at = at.of;
    }
  }

  #resource(node: EvaluatedType): TypeDef {
    const found = this.#find(node);
    if (found === undefined)
      throw new DecodeError(
        `${this.#subject} uses a resource without a name, which WIT cannot express`,
        this.#offset,
      );
    return found;
  }

  #kindOf(node: Exclude<EvaluatedType, NamedNode>): TypeDefKind {
    if (node.tag !== 'defined') return { tag: 'resource' };
    this.spend(sizeOfDefinition(node.type));
    for (const label of labelsOf(node.type)) this.unwritable.label('part', label);
    let next = 0;
    const child = (): Type => this.value(node.children[next++]!);
    return modelKindOf(node.type, child, () => this.#resource(node.resource!));
  }
}

/** Documentation of fields, cases and flags. */
function withDocs(kind: TypeDefKind, docs: PackageDocs | undefined): TypeDefKind {
  const add = <T extends { readonly name: string }>(item: T): T => ({
    ...item,
    ...docs?.at('items', item.name).docs,
  });
  switch (kind.tag) {
    case 'record':
      return { ...kind, fields: kind.fields.map(add) };
    case 'variant':
      return { ...kind, cases: kind.cases.map(add) };
    case 'enum':
      return { ...kind, cases: kind.cases.map(add) };
    case 'flags':
      return { ...kind, flags: kind.flags.map(add) };
    default:
      return kind;
  }
}
