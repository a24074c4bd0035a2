import type { Contract, ContractInterface, ContractItem } from './contract.ts';

/** The text of a function in a contract: its words, `func` or `constructor`, and its signature. */
export const FUNCTION_TEXT = /^((?:static )?(?:async )?)(func|constructor)(\(.*)$/su;

/** Reads a function's line. @returns its annotated name and its text; `undefined` for another line */
export function readFunction(line: string): readonly [id: string, text: string] | undefined {
  const match = FUNCTION.exec(line);
  if (match === null) return undefined;
  const [, words = '', name = '', signature = ''] = match;
  if (words === 'constructor ') return [`[constructor]${name}`, `constructor${signature}`];
  const kind = words.startsWith('static ') ? '[static]' : name.includes('.') ? '[method]' : '';
  return [`${kind}${name}`, `${words}func${signature}`];
}

const FUNCTION = /^(constructor |(?:static )?(?:async )?)([^\s(]+)(\(.*)$/u;

/**
 * Reads what `contractText` writes.
 *
 * @throws TypeError if a line is malformed
 */
export function parseContract(text: string): Contract {
  const [first = '', ...lines] = text.trim().split('\n');
  const parts = {
    import: record<ContractItem>(),
    use: record<ContractItem>(),
    export: record<ContractItem>(),
  };
  if (!first.startsWith('world ')) throw malformed(first);
  let open: MutableInterface | undefined;
  for (const line of lines) {
    if (line.startsWith(' ')) {
      if (open === undefined) throw malformed(line);
      readMember(line.trim(), open);
      continue;
    }
    const [, word, rest = ''] = /^(import|use|export) (.+)$/u.exec(line) ?? [];
    if (word === undefined) throw malformed(line);
    const items = parts[word as keyof typeof parts];
    const member = readFunction(rest) ?? readEquation(rest);
    open = undefined;
    if (member !== undefined) items[member[0]] = member[1];
    else {
      const [key = '', full] = rest.split(' implements ');
      open = full === undefined ? {} : { implements: full };
      items[key] = open;
    }
  }
  return {
    world: first.slice('world '.length),
    imports: parts.import,
    exports: parts.export,
    ...(Object.keys(parts.use).length === 0 ? {} : { uses: parts.use }),
  };
}

type MutableInterface = { -readonly [Key in keyof ContractInterface]: ContractInterface[Key] } & {
  types?: Record<string, string>;
  functions?: Record<string, string>;
};

function readMember(line: string, into: MutableInterface): void {
  const [, from, names] = /^use (.+)\.\{(.+)\}$/u.exec(line) ?? [];
  if (names !== undefined) {
    const types = (into.types ??= record());
    for (const each of names.split(', ')) {
      const [name = '', local = name.replace(/^%/u, '')] = each.split(' as ');
      types[local] = `use ${from}.{${name}}`;
    }
    return;
  }
  const func = readFunction(line);
  const [id, text] = func ?? readEquation(line) ?? fail(line);
  const isFunction = func !== undefined || FUNCTION_TEXT.test(text);
  if (isFunction) (into.functions ??= record())[id] = text;
  else (into.types ??= record())[id] = text;
}

/** Reads `NAME = TEXT`. @returns the name and the text; `undefined` for another line */
export function readEquation(line: string): readonly [id: string, text: string] | undefined {
  const end = line.indexOf(' = ');
  return end === -1 ? undefined : [line.slice(0, end), line.slice(end + ' = '.length)];
}

function fail(line: string): never {
  throw malformed(line);
}

function malformed(line: string): TypeError {
  return new TypeError(`malformed contract: ${JSON.stringify(line)}`);
}

/** Creates an object without a prototype, so that no name of a contract can reach one. */
function record<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
