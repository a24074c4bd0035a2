import { parseFloatLiteral, parseInteger } from './number-literals.ts';
import { type Atom, type List, type Node, ScriptError } from './s-expressions.ts';

/** A component-level value in a script: `(record.const (field "a" (u8.const 1)))`. */
export type ScriptValue =
  | { readonly tag: 'bool'; readonly value: boolean }
  | { readonly tag: 'number'; readonly value: number }
  | { readonly tag: 'bigint'; readonly value: bigint }
  | { readonly tag: 'text'; readonly value: string }
  | { readonly tag: 'list' | 'tuple'; readonly items: readonly ScriptValue[] }
  | {
      readonly tag: 'record';
      readonly fields: readonly { readonly name: string; readonly value: ScriptValue }[];
    }
  | { readonly tag: 'map'; readonly entries: readonly (readonly [ScriptValue, ScriptValue])[] }
  | { readonly tag: 'variant'; readonly name: string; readonly payload?: ScriptValue }
  | { readonly tag: 'enum'; readonly name: string }
  | { readonly tag: 'flags'; readonly names: readonly string[] }
  | { readonly tag: 'option'; readonly payload?: ScriptValue }
  | { readonly tag: 'result'; readonly ok: boolean; readonly payload?: ScriptValue };

/** Reads a value such as `(u8.const 1)` or `(option.none)`. Throws a `ScriptError`. */
export function readValue(node: Node): ScriptValue {
  if (node.tag !== 'list') throw new ScriptError('expected a value in parentheses', node.start);
  return readBody(node.items, node);
}

function readBody([head, ...rest]: readonly Node[], list: List): ScriptValue {
  if (head?.tag !== 'atom') throw new ScriptError('expected the kind of a value', list.start);
  const reader = READERS.get(head.text);
  if (reader === undefined) throw new ScriptError(`\`${head.text}\` is not a kind of value`, head.start);
  return reader(rest, list);
}

type Reader = (rest: readonly Node[], list: List) => ScriptValue;

const small: Reader = (rest, list) => ({ tag: 'number', value: Number(integer(rest, list)) });
const large: Reader = (rest, list) => ({ tag: 'bigint', value: integer(rest, list) });
const float =
  (width: 32 | 64): Reader =>
  (rest, list) => {
    const digits = atom(rest[0], list);
    return { tag: 'number', value: numberOr(digits, () => parseFloatLiteral(digits.text, width)) };
  };
const sequence =
  (tag: 'list' | 'tuple'): Reader =>
  (rest) => ({ tag, items: rest.map(readValue) });
const result =
  (ok: boolean): Reader =>
  ([payload]) => ({ tag: 'result', ok, ...optional(payload) });

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['bool.const', (rest, list) => ({ tag: 'bool', value: boolean(atom(rest[0], list)) })],
  ...['u8', 's8', 'u16', 's16', 'u32', 's32'].map((type) => [`${type}.const`, small] as const),
  ...['u64', 's64'].map((type) => [`${type}.const`, large] as const),
  ['f32.const', float(32)],
  ['f64.const', float(64)],
  ['char.const', (rest, list) => ({ tag: 'text', value: string(rest[0], list) })],
  ['str.const', (rest, list) => ({ tag: 'text', value: string(rest[0], list) })],
  ['list.const', sequence('list')],
  ['tuple.const', sequence('tuple')],
  ['record.const', (rest) => ({ tag: 'record', fields: rest.map(field) })],
  ['map.const', (rest) => ({ tag: 'map', entries: rest.map(entry) })],
  ['variant.const', (rest, list) => ({ tag: 'variant', name: string(rest[0], list), ...optional(rest[1]) })],
  ['enum.const', (rest, list) => ({ tag: 'enum', name: string(rest[0], list) })],
  ['flags.const', (rest, list) => ({ tag: 'flags', names: rest.map((flag) => string(flag, list)) })],
  ['option.none', () => ({ tag: 'option' })],
  ['option.some', ([payload]) => ({ tag: 'option', ...optional(payload) })],
  ['result.ok', result(true)],
  ['result.err', result(false)],
]);

/** Reads `(field "a" u8.const 1)` or `(field "a" (u8.const 1))`. */
function field(node: Node): { name: string; value: ScriptValue } {
  const [head, name, ...value] = node.tag === 'list' ? node.items : [];
  if (node.tag !== 'list' || head?.tag !== 'atom' || head.text !== 'field' || value[0] === undefined) {
    throw new ScriptError('expected a field: `(field "name" VALUE)`', node.start);
  }
  return {
    name: string(name, node),
    value: value[0].tag === 'list' ? readValue(value[0]) : readBody(value, node),
  };
}

function entry(node: Node): readonly [ScriptValue, ScriptValue] {
  const [key, value] = (node.tag === 'list' ? node.items : []).filter((item) => item.tag === 'list');
  if (key === undefined || value === undefined) {
    throw new ScriptError('expected an entry of a map: a key and a value', node.start);
  }
  return [readValue(key), readValue(value)];
}

function optional(node: Node | undefined): { payload?: ScriptValue } {
  return node === undefined ? {} : { payload: readValue(node) };
}

function atom(node: Node | undefined, list: List): Atom {
  if (node?.tag !== 'atom') throw new ScriptError('expected a literal', list.start);
  return node;
}

/** Reads the text of a string or character. Throws a `TypeError` when it is not UTF-8. */
function string(node: Node | undefined, list: List): string {
  if (node?.tag !== 'text') throw new ScriptError('expected a string', list.start);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(node.bytes);
}

function boolean(literal: Atom): boolean {
  if (literal.text === 'true' || literal.text === '1') return true;
  if (literal.text === 'false' || literal.text === '0') return false;
  throw new ScriptError(`expected \`true\` or \`false\`, got \`${literal.text}\``, literal.start);
}

function integer(rest: readonly Node[], list: List): bigint {
  const digits = atom(rest[0], list);
  return numberOr(digits, () => parseInteger(digits.text));
}

function numberOr<T>(literal: Atom, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new ScriptError(error instanceof Error ? error.message : String(error), literal.start);
  }
}
