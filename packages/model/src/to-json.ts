import { externName, interfaceName, packageNameText } from './names.ts';
import type {
  Docs,
  Func,
  Interface,
  Package,
  Resolve,
  Stability,
  Type,
  TypeDef,
  TypeDefKind,
  World,
  WorldItem,
} from './types.ts';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. It has no prototype, so that a name such as `__proto__` is an ordinary key. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The JSON form of the reference implementation: definitions refer to each other by index into these arrays. */
export interface ResolveJson extends JsonObject {
  readonly worlds: readonly JsonObject[];
  readonly interfaces: readonly JsonObject[];
  readonly types: readonly JsonObject[];
  readonly packages: readonly JsonObject[];
}

/**
 * Converts a contract to the JSON that the reference implementation's `component wit --json` prints: the same keys in
 * the same order, so that `JSON.stringify(toJson(resolve), null, 2)` is the same text byte for byte.
 *
 * @throws TypeError if the contract refers to something that the arrays of the resolve do not list
 */
export function toJson(resolve: Resolve): ResolveJson {
  const ids: Ids = {
    type: indexOf('type', resolve.types),
    interface: indexOf('interface', resolve.interfaces),
    world: indexOf('world', resolve.worlds),
    package: indexOf('package', resolve.packages),
  };
  const json = object([
    ['worlds', resolve.worlds.map((world) => worldJson(world, ids))],
    ['interfaces', resolve.interfaces.map((iface) => interfaceJson(iface, ids))],
    ['types', resolve.types.map((type) => typeDefJson(type, ids))],
    ['packages', resolve.packages.map((pkg) => packageJson(pkg, ids))],
  ]);
  return json as ResolveJson;
}

interface Ids {
  readonly type: (value: TypeDef) => number;
  readonly interface: (value: Interface) => number;
  readonly world: (value: World) => number;
  readonly package: (value: Package) => number;
}

function indexOf<T extends object>(what: string, list: readonly T[]): (value: T) => number {
  const ids = new Map(list.map((value, id) => [value, id]));
  return (value) => {
    const id = ids.get(value);
    if (id === undefined) {
      throw new TypeError(
        `the contract refers to ${article(what)} ${what} that is not in its list of ${what}s: add it there`,
      );
    }
    return id;
  };
}

function article(noun: string): string {
  return noun === 'interface' ? 'an' : 'a';
}

function worldJson(world: World, ids: Ids): JsonObject {
  return object([
    ['name', world.name],
    ['imports', worldItemsJson(world.imports, ids)],
    ['exports', worldItemsJson(world.exports, ids)],
    ['package', world.package === undefined ? null : ids.package(world.package)],
    ['docs', docsJson(world.docs)],
    ['stability', stabilityJson(world.stability)],
  ]);
}

function worldItemsJson(items: ReadonlyMap<string, WorldItem>, ids: Ids): JsonObject {
  return object([...items].map(([key, item]) => [worldKeyJson(key, item, ids), worldItemJson(item, ids)]));
}

/** The key of an interface under its own name is its index; the key under a label is the label. */
function worldKeyJson(key: string, item: WorldItem, ids: Ids): string {
  if (item.tag !== 'interface' || interfaceName(item.interface) !== key) return key;
  return `interface-${ids.interface(item.interface)}`;
}

function worldItemJson(item: WorldItem, ids: Ids): JsonObject {
  switch (item.tag) {
    case 'interface':
      return object([
        [
          'interface',
          object([
            ['id', ids.interface(item.interface)],
            ['stability', stabilityJson(item.stability)],
            ['external_id', item.externalId],
            ['docs', docsJson(item.docs)],
          ]),
        ],
      ]);
    case 'function':
      return object([['function', funcJson(item.function, ids)]]);
    case 'type':
      return object([['type', ids.type(item.type)]]);
  }
}

function interfaceJson(iface: Interface, ids: Ids): JsonObject {
  return object([
    ['name', iface.name ?? null],
    ['types', object([...iface.types].map(([name, type]) => [name, ids.type(type)]))],
    ['functions', object([...iface.functions].map(([name, func]) => [name, funcJson(func, ids)]))],
    ['docs', docsJson(iface.docs)],
    ['stability', stabilityJson(iface.stability)],
    ['package', iface.package === undefined ? null : ids.package(iface.package)],
    ['clone_of', iface.cloneOf === undefined ? undefined : ids.interface(iface.cloneOf)],
  ]);
}

function funcJson(func: Func, ids: Ids): JsonObject {
  return object([
    ['name', externName(func)],
    ['kind', funcKindJson(func, ids)],
    [
      'params',
      func.params.map(({ name, type }) =>
        object([
          ['name', name],
          ['type', typeJson(type, ids)],
        ]),
      ),
    ],
    ['result', func.result === undefined ? undefined : typeJson(func.result, ids)],
    ['docs', docsJson(func.docs)],
    ['stability', stabilityJson(func.stability)],
    ['external_id', func.externalId],
  ]);
}

function funcKindJson(func: Func, ids: Ids): Json {
  const tag = func.async ? `async-${func.kind.tag}` : func.kind.tag;
  return func.kind.tag === 'freestanding' ? tag : object([[tag, ids.type(func.kind.resource)]]);
}

function typeDefJson(type: TypeDef, ids: Ids): JsonObject {
  return object([
    ['name', type.name ?? null],
    ['kind', kindJson(type.kind, ids)],
    ['owner', ownerJson(type, ids)],
    ['docs', docsJson(type.docs)],
    ['stability', stabilityJson(type.stability)],
    ['external_id', type.externalId],
  ]);
}

function ownerJson({ owner }: TypeDef, ids: Ids): Json {
  if (owner === undefined) return null;
  return 'types' in owner
    ? object([['interface', ids.interface(owner)]])
    : object([['world', ids.world(owner)]]);
}

type KindJson = { [T in TypeDefKind['tag']]: (kind: Extract<TypeDefKind, { tag: T }>, ids: Ids) => Json };

const kinds: KindJson = {
  record: ({ fields }, ids) =>
    object([['record', object([['fields', fields.map((field) => memberJson(field, ids))]])]]),
  resource: () => 'resource',
  own: ({ resource }, ids) => object([['handle', object([['own', ids.type(resource)]])]]),
  borrow: ({ resource }, ids) => object([['handle', object([['borrow', ids.type(resource)]])]]),
  flags: ({ flags }) => object([['flags', object([['flags', flags.map(labelJson)]])]]),
  tuple: ({ types }, ids) =>
    object([['tuple', object([['types', types.map((type) => typeJson(type, ids))]])]]),
  variant: ({ cases }, ids) =>
    object([['variant', object([['cases', cases.map((item) => memberJson(item, ids))]])]]),
  enum: ({ cases }) => object([['enum', object([['cases', cases.map(labelJson)]])]]),
  option: ({ type }, ids) => object([['option', typeJson(type, ids)]]),
  result: ({ ok, err }, ids) =>
    object([
      [
        'result',
        object([
          ['ok', typeJson(ok, ids)],
          ['err', typeJson(err, ids)],
        ]),
      ],
    ]),
  list: ({ element }, ids) => object([['list', typeJson(element, ids)]]),
  map: ({ key, value }, ids) => object([['map', [typeJson(key, ids), typeJson(value, ids)]]]),
  'fixed-length-list': ({ element, length }, ids) =>
    object([['fixed-length-list', [typeJson(element, ids), length]]]),
  future: ({ payload }, ids) => object([['future', typeJson(payload, ids)]]),
  stream: ({ payload }, ids) => object([['stream', typeJson(payload, ids)]]),
  alias: ({ type }, ids) => object([['type', typeJson(type, ids)]]),
};

function kindJson<T extends TypeDefKind['tag']>(kind: Extract<TypeDefKind, { tag: T }>, ids: Ids): Json {
  const convert: KindJson[T] = kinds[kind.tag as T];
  return convert(kind, ids);
}

function memberJson(member: { name: string; type?: Type; docs?: Docs }, ids: Ids): JsonObject {
  return object([
    ['name', member.name],
    ['type', typeJson(member.type, ids)],
    ['docs', docsJson(member.docs)],
  ]);
}

function labelJson(label: { name: string; docs?: Docs }): JsonObject {
  return object([
    ['name', label.name],
    ['docs', docsJson(label.docs)],
  ]);
}

function typeJson(type: Type | undefined, ids: Ids): Json {
  if (type === undefined) return null;
  return typeof type === 'string' ? type : ids.type(type);
}

function packageJson(pkg: Package, ids: Ids): JsonObject {
  return object([
    ['name', packageNameText(pkg.name)],
    ['docs', docsJson(pkg.docs)],
    ['interfaces', object([...pkg.interfaces].map(([name, iface]) => [name, ids.interface(iface)]))],
    ['worlds', object([...pkg.worlds].map(([name, world]) => [name, ids.world(world)]))],
  ]);
}

function docsJson(docs: Docs | undefined): Json | undefined {
  return docs === undefined ? undefined : object([['contents', docs.contents]]);
}

function stabilityJson(stability: Stability | undefined): Json | undefined {
  if (stability === undefined) return undefined;
  const gate: Entry =
    stability.tag === 'stable' ? ['since', stability.since] : ['feature', stability.feature];
  return object([[stability.tag, object([gate, ['deprecated', stability.deprecated]])]]);
}

type Entry = readonly [key: string, value: Json | undefined];

/** Leaves out entries without a value, as the reference does. */
function object(entries: readonly Entry[]): JsonObject {
  const result: Record<string, Json> = Object.create(null);
  for (const [key, value] of entries) if (value !== undefined) result[key] = value;
  return result;
}
