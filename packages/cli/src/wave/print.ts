import { memberKeys, optionPayload } from '@wit-ts/mapping';
import { shapeOf, type PrimitiveType, type Shape, type Type } from '@wit-ts/model';
import { waveKeywords } from './keywords.ts';

/** A stream or a future. */
export type EndKind = Extract<Shape, { tag: 'stream' | 'future' }>;

/** Returns what is printed for a stream or a future. */
type EndText = (end: unknown, kind: EndKind) => string;

/**
 * Prints a JavaScript value of a type, as the runtime gives it, in WAVE. A handle is shown as `<own>`, an error context
 * as `<error-context "message">`, and a stream as `<stream>` unless `endText` returns another text.
 */
export function printWave(value: unknown, type: Type, endText: EndText = (_, { tag }) => `<${tag}>`): string {
  const shape = shapeOf(type);
  return typeof shape === 'string' ? primitive(value, shape) : composite(value, shape, endText);
}

/** Prints a string. */
export function printQuoted(value: string): string {
  return `"${escape(value, '"')}"`;
}

function primitive(value: unknown, type: PrimitiveType): string {
  if (type === 'string') return printQuoted(String(value));
  if (type === 'char') return `'${escape(String(value), "'")}'`;
  if (type === 'error-context') return `<error-context ${printQuoted((value as Error).message)}>`;
  if (typeof value === 'number' && type.startsWith('f')) return float(value);
  return String(value);
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

function composite(value: unknown, kind: Exclude<Shape, PrimitiveType>, endText: EndText): string {
  const print = (part: unknown, type: Type): string => printWave(part, type, endText);
  switch (kind.tag) {
    case 'list':
    case 'fixed-length-list':
      return `[${Array.from(value as ArrayLike<unknown>, (item) => print(item, kind.element)).join(', ')}]`;
    case 'map': {
      const entries = [...(value as ReadonlyMap<unknown, unknown>)];
      return `[${entries.map(([key, item]) => `(${print(key, kind.key)}, ${print(item, kind.value)})`).join(', ')}]`;
    }
    case 'tuple':
      return `(${kind.types.map((type, index) => print((value as readonly unknown[])[index], type)).join(', ')})`;
    case 'record':
      return record(value as Readonly<Record<string, unknown>>, kind.fields, print);
    case 'flags': {
      const keys = memberKeys(kind.flags);
      const set = kind.flags.filter(
        (_, index) => (value as Readonly<Record<string, unknown>>)[keys[index]!] === true,
      );
      return `{${set.map(({ name }) => label(name)).join(', ')}}`;
    }
    case 'enum':
      return label(String(value));
    case 'variant': {
      const { tag, val } = value as { tag: string; val?: unknown };
      const type = kind.cases.find(({ name }) => name === tag)?.type;
      return type === undefined ? label(tag) : `${label(tag)}(${print(val, type)})`;
    }
    case 'option': {
      const payload = optionPayload(kind.type, value);
      return payload === undefined ? 'none' : `some(${print(payload.value, kind.type)})`;
    }
    case 'result': {
      const { tag, val } = value as { tag: string; val?: unknown };
      return printResult(tag === 'ok' ? 'ok' : 'err', val, kind, print);
    }
    case 'stream':
    case 'future':
      return endText(value, kind);
    default:
      return `<${kind.tag}>`;
  }
}

/** Prints `ok(…)` or `err(…)`, also for the result of a function, which is a value or a thrown error in JavaScript. */
export function printResult(
  tag: 'ok' | 'err',
  value: unknown,
  kind: { readonly ok?: Type; readonly err?: Type },
  print: (part: unknown, type: Type) => string = printWave,
): string {
  const type = kind[tag];
  return type === undefined ? tag : `${tag}(${print(value, type)})`;
}

function record(
  value: Readonly<Record<string, unknown>>,
  fields: readonly { readonly name: string; readonly type: Type }[],
  print: (part: unknown, type: Type) => string,
): string {
  const keys = memberKeys(fields);
  const texts = fields.flatMap(({ name, type }, index) => {
    const text = print(value[keys[index]!], type);
    const shape = shapeOf(type);
    const isNone = text === 'none' && typeof shape === 'object' && shape.tag === 'option';
    return isNone ? [] : [`${label(name)}: ${text}`];
  });
  return texts.length === 0 ? '{:}' : `{${texts.join(', ')}}`;
}

function label(name: string): string {
  return waveKeywords.has(name) ? `%${name}` : name;
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

function escape(text: string, quote: string): string {
  return text.replace(/[\\"'\p{Cc}\p{Cf}]/gu, (char) => {
    if (char === '"' || char === "'") return char === quote ? `\\${char}` : char;
    return ESCAPED.get(char) ?? `\\u{${char.codePointAt(0)!.toString(16)}}`;
  });
}
