import { isTaggedOption, memberKeys } from '@wit-ts/mapping';
import { type Type, type TypeDef, ownProperties } from '@wit-ts/model';
import {
  type AddressType,
  layoutOf,
  unalias,
  resolveResource,
  sequenceLayout,
  type Shape,
  shapeOf,
} from '@wit-ts/model/layout';
import type { CanonicalOptions } from '../engine.ts';
import { valueReaders } from '../helpers/all-value-readers.ts';
import {
  type DescribedKind,
  type DescribedType,
  type TypeRef,
  type TypeTable,
  USED_TWICE,
} from '../helpers/describe.ts';
import { partText } from '../helpers/host-value-reader.ts';
import type { ValueReaders } from '../helpers/value-readers.ts';
import { unsupportedType } from '../layout/unsupported-type.ts';

/** What the description of types depends on. */
export interface DescribedScope {
  readonly options: Pick<CanonicalOptions, 'memory' | 'mapping'>;
  /** The resource types in the order in which they are bound. */
  readonly resources: readonly TypeDef[];
}

/** Builds the description of a function's types for messages, each definition once. */
export class TypeTableBuilder {
  readonly nodes: DescribedType[] = [];
  /** The readers for the kinds of the types. */
  readonly readers: { -readonly [Kind in keyof ValueReaders]?: NonNullable<ValueReaders[Kind]> } = {};
  readonly #known = new Map<TypeDef, number>();
  readonly #scope: DescribedScope;

  constructor(scope: DescribedScope) {
    this.#scope = scope;
  }

  get #address(): AddressType {
    return this.#scope.options.memory ?? 'i32';
  }

  ref(type: Type): TypeRef {
    const resolved = unalias(type);
    if (typeof resolved === 'string') {
      this.#uses(resolved as DescribedKind);
      return resolved;
    }
    const known = this.#known.get(resolved);
    if (known !== undefined) return known;
    const node = this.#node(resolved, shapeOf(resolved) as Exclude<Shape, string>);
    const index = this.add(node);
    this.#known.set(resolved, index);
    return index;
  }

  protected add(node: DescribedType): number {
    this.#uses(node[0]);
    this.readers.part = partText;
    return this.nodes.push(node) - 1;
  }

  #uses(kind: DescribedKind): void {
    this.readers[kind] = valueReaders[kind];
  }

  /** @param shape that of the type, which is not an alias and so not one of a primitive */
  #node(type: Type, shape: Exclude<Shape, string>): DescribedType {
    const { mapping } = this.#scope.options;
    switch (shape.tag) {
      case 'record': {
        const keys = memberKeys(shape.fields, mapping);
        return [
          'record',
          ...shape.fields.map((field, index) => [keys[index]!, this.ref(field.type)] as const),
        ];
      }
      case 'tuple':
        return ['tuple', ...shape.types.map((member) => this.ref(member))];
      case 'variant':
        return ['variant', ...shape.cases.map((item) => this.#case(item.name, item.type))];
      case 'result':
        return ['variant', this.#case('ok', shape.ok), this.#case('err', shape.err)];
      case 'enum':
        return ['enum', ...shape.cases.map((item) => item.name)];
      case 'flags':
        return [mapping?.flags === 'bigint' ? 'bitflags' : 'flags', ...memberKeys(shape.flags, mapping)];
      case 'option':
        return ['option', this.ref(shape.type), isTaggedOption(type) ? 1 : 0];
      case 'list':
        return ['list', this.ref(shape.element), layoutOf(shape.element, this.#address).size];
      case 'fixed-length-list':
        return ['fixed', this.ref(shape.element), shape.length];
      case 'map': {
        const { layout } = sequenceLayout([shape.key, shape.value], this.#address);
        return ['map', this.ref(shape.key), this.ref(shape.value), layout.size];
      }
      case 'own':
      case 'borrow':
        return [shape.tag, this.#scope.resources.indexOf(resolveResource(shape.resource))];
      default:
        throw unsupportedType();
    }
  }

  #case(tag: string, payload: Type | undefined): readonly [string, TypeRef?] {
    return payload === undefined ? [tag] : [tag, this.ref(payload)];
  }

  table(
    params: readonly (readonly [name: string, type: Type])[],
    result: Type | undefined,
    error: Type | undefined,
  ): TypeTable {
    return ownProperties({
      params: params.map(([name, type]) => [name, this.ref(type)] as const),
      result: result && this.ref(result),
      error: error && this.ref(error),
      nodes: this.nodes,
      readers: this.readers,
      unseen: this.#scope.resources.length > 0 ? USED_TWICE : undefined,
    });
  }
}
