import { type Atom, lineAt, type List, type Node, readExpressions, ScriptError } from './s-expressions.ts';
import { readValue, type ScriptValue } from './script-values.ts';

/** One directive of a test script (`*.wast`). */
export interface Directive {
  /** The first line of the directive, counted from 1. */
  readonly line: number;
  /** The first words of the directive, for reports: `assert_trap (invoke "f")`. */
  readonly name: string;
  readonly action: DirectiveAction;
}

/** What a directive does. */
export type DirectiveAction =
  | { readonly tag: 'component' | 'definition'; readonly component: ComponentForm }
  | { readonly tag: 'instance'; readonly id?: string; readonly definition?: string }
  | { readonly tag: 'invoke'; readonly invoke: Invoke }
  | { readonly tag: 'assert-return'; readonly invoke: Invoke; readonly expected?: ScriptValue }
  | { readonly tag: 'assert-trap'; readonly what: Invoke | ComponentForm; readonly message: string }
  | {
      readonly tag: 'assert-invalid' | 'assert-malformed' | 'assert-unlinkable';
      readonly component: ComponentForm;
      readonly message: string;
    }
  /** The directive cannot be run; `reason` says why. */
  | { readonly tag: 'unsupported'; readonly reason: string };

/** A call of an exported function. */
export interface Invoke {
  readonly tag: 'invoke';
  /** The identifier of the instance. When absent, the last instance is called. */
  readonly instance?: string;
  readonly name: string;
  readonly args: readonly ScriptValue[];
}

/** A component in a script: either bytes, or text for the assembler. */
export type ComponentForm = { readonly tag: 'component'; readonly id?: string } & (
  { readonly form: 'binary'; readonly bytes: Uint8Array } | { readonly form: 'text'; readonly text: string }
);

/**
 * Reads a script. Throws a `ScriptError` when its parentheses, strings or comments are malformed. A directive that
 * cannot be understood becomes `unsupported`.
 */
export function readScript(source: string): readonly Directive[] {
  return readExpressions(source).map((node) => {
    const line = lineAt(source, node.start);
    const name = headline(node, source);
    try {
      return { line, name, action: readAction(node, source) };
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const reason = `${error.message} (line ${lineAt(source, error.offset)})`;
      return { line, name, action: { tag: 'unsupported', reason } };
    }
  });
}

function readAction(node: Node, source: string): DirectiveAction {
  const list = asList(node);
  const [, first, second] = list.items;
  switch (head(list)) {
    case 'component':
      return isAtom(first, 'instance') ? readInstance(list) : readComponentDirective(list, source);
    case 'invoke':
      return { tag: 'invoke', invoke: readInvoke(list) };
    case 'assert_return': {
      const invoke = readInvoke(asList(first, list));
      return {
        tag: 'assert-return',
        invoke,
        ...(second === undefined ? {} : { expected: readValue(second) }),
      };
    }
    case 'assert_trap':
    case 'assert_exhaustion': {
      const target = asList(first, list);
      const what = head(target) === 'invoke' ? readInvoke(target) : readComponent(target, source);
      return { tag: 'assert-trap', what, message: message(second) };
    }
    case 'assert_invalid':
      return {
        tag: 'assert-invalid',
        component: readComponent(asList(first, list), source),
        message: message(second),
      };
    case 'assert_malformed':
      return {
        tag: 'assert-malformed',
        component: readComponent(asList(first, list), source),
        message: message(second),
      };
    case 'assert_unlinkable':
      return {
        tag: 'assert-unlinkable',
        component: readComponent(asList(first, list), source),
        message: message(second),
      };
    default:
      throw new ScriptError(`\`${head(list)}\` is not a directive of component scripts`, list.start);
  }
}

function readComponentDirective(list: List, source: string): DirectiveAction {
  const tag = isAtom(list.items[1], 'definition') ? 'definition' : 'component';
  return { tag, component: readComponent(list, source) };
}

/** `(component instance $i $Def)`, `(component instance $Def)`, `(component instance)`. */
function readInstance(list: List): DirectiveAction {
  const ids = list.items.slice(2).map(identifier);
  const [id, definition] = ids.length === 1 ? [undefined, ids[0]] : ids;
  return {
    tag: 'instance',
    ...(id === undefined ? {} : { id }),
    ...(definition === undefined ? {} : { definition }),
  };
}

function readInvoke(list: List): Invoke {
  if (head(list) !== 'invoke')
    throw new ScriptError(`expected \`invoke\`, got \`${head(list)}\``, list.start);
  const [first, ...others] = list.items.slice(1);
  const named = first?.tag === 'atom';
  const [name, ...args] = named ? others : [first, ...others];
  return {
    tag: 'invoke',
    ...(named ? { instance: identifier(first) } : {}),
    name: text(name, list),
    args: args.filter((arg) => arg !== undefined).map(readValue),
  };
}

/** `(component definition? $id? (binary STRING* | quote STRING* | FIELD*))`. */
function readComponent(list: List, source: string): ComponentForm {
  if (head(list) !== 'component') {
    throw new ScriptError(`expected \`component\`, got \`${head(list)}\``, list.start);
  }
  let rest = list.items.slice(1);
  const definition = isAtom(rest[0], 'definition') ? rest[0] : undefined;
  if (definition !== undefined) rest = rest.slice(1);
  const named = rest[0]?.tag === 'atom' && rest[0].text.startsWith('$') ? rest[0] : undefined;
  if (named !== undefined) rest = rest.slice(1);
  const id = named === undefined ? {} : { id: named.text };
  const [form, ...parts] = rest;
  if (isAtom(form, 'binary')) return { tag: 'component', ...id, form: 'binary', bytes: join(parts, '') };
  if (isAtom(form, 'quote')) {
    const fields = new TextDecoder('utf-8', { ignoreBOM: true }).decode(join(parts, ' '));
    return { tag: 'component', ...id, form: 'text', text: `(component ${fields})` };
  }
  return { tag: 'component', ...id, form: 'text', text: without(definition, list, source) };
}

/** Returns the text of a list. One word is replaced by spaces, so that the positions of errors stay right. */
function without(word: Atom | undefined, list: List, source: string): string {
  if (word === undefined) return source.slice(list.start, list.end);
  const blank = ' '.repeat(word.end - word.start);
  return source.slice(list.start, word.start) + blank + source.slice(word.end, list.end);
}

function join(parts: readonly Node[], separator: string): Uint8Array {
  const between = new TextEncoder().encode(separator);
  const bytes: number[] = [];
  for (const part of parts) {
    if (part.tag !== 'text') throw new ScriptError('expected a string', part.start);
    if (bytes.length > 0) bytes.push(...between);
    for (const byte of part.bytes) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

function asList(node: Node | undefined, around?: List): List {
  if (node?.tag === 'list') return node;
  throw new ScriptError('expected an expression in parentheses', node?.start ?? around?.start ?? 0);
}

function head(list: List): string {
  const [first] = list.items;
  if (first?.tag !== 'atom') throw new ScriptError('expected the name of a directive', list.start);
  return first.text;
}

function isAtom(node: Node | undefined, word: string): node is Atom {
  return node?.tag === 'atom' && node.text === word;
}

function identifier(node: Node): string {
  if (node.tag === 'atom' && node.text.startsWith('$')) return node.text;
  throw new ScriptError('expected an identifier such as `$a`', node.start);
}

function text(node: Node | undefined, list: List): string {
  if (node?.tag !== 'text') throw new ScriptError('expected a string', list.start);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(node.bytes);
}

/** Returns the expected message, which is the reference's wording. It is compared loosely, so it may be absent. */
function message(node: Node | undefined): string {
  return node?.tag === 'text' ? new TextDecoder().decode(node.bytes) : '';
}

function headline(node: Node, source: string): string {
  const whole = source.slice(node.start + 1, node.end - 1).replaceAll(/\s+/gu, ' ');
  const invoke = /^assert_\w+ \(invoke (?:\$\S+ )?"[^"]*"|^invoke (?:\$\S+ )?"[^"]*"/u.exec(whole)?.[0];
  if (invoke !== undefined) return invoke.startsWith('assert') ? `${invoke})` : invoke;
  const component = /^(?:assert_\w+ \()?component(?: (?:definition|instance|binary|quote|\$[^\s()]+))*/u.exec(
    whole,
  )?.[0];
  if (component === undefined) return whole.slice(0, 60);
  return component.startsWith('assert') ? `${component})` : component;
}
