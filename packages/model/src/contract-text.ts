import type { Contract, ContractInterface, ContractItem } from './contract.ts';
import { parseExternName } from './extern-name-parts.ts';
import { idText } from './type-text.ts';

/**
 * Writes a contract as lines: the form that generated code contains. It is as large as WIT without comments, and reads
 * like it, but each line can be read alone.
 *
 * ```text
 * world example:service/edge-handler
 * import example:service/processor
 *   metadata = record { id: u64, tags: list<string> }
 *   process-data(input: string, meta: metadata) -> result<string, string>
 * export handle-request(req: string) -> string
 * ```
 *
 * A line without indentation is `world NAME`, or an item of the world with its key: `import`, `export`, or `use` for an
 * interface that is reached only by the `use` of others. Indented lines are the members of an interface:
 *
 * - `NAME = TEXT` is a type, and `use KEY.{NAME, NAME as NAME}` are types of another interface.
 * - `read(len: u64) -> u8` is a function, `file.read()` a method, `static file.open()` a static function and
 *   `constructor file()` a constructor. Asynchronous functions have `async` before their names.
 *
 * @throws TypeError if a name or a text cannot be on such a line: no name or text of WIT has a line break
 */
export function contractText(contract: Contract): string {
  const parts = [
    ['import', contract.imports],
    ['use', contract.uses ?? {}],
    ['export', contract.exports],
  ] as const;
  const lines = [
    `world ${contract.world}`,
    ...parts.flatMap(([word, items]) =>
      Object.entries(items).flatMap(([key, item]) => itemLines(word, key, item)),
    ),
  ];
  const broken = lines.find((line) => /[\n\r]/u.test(line));
  if (broken !== undefined) throw unwritable(broken);
  return lines.join('\n');
}

function itemLines(word: string, key: string, item: ContractItem): readonly string[] {
  if (typeof item === 'string') return [`${word} ${memberLine(key, item)}`];
  const { implements: name, types = {}, functions = {} } = item;
  if (/[\s(]/u.test(`${key}${name ?? ''}`)) throw unwritable(key);
  return [
    `${word} ${key}${name === undefined ? '' : ` implements ${name}`}`,
    ...typeLines(types),
    ...Object.entries(functions).map(([id, text]) => `  ${memberLine(id, text)}`),
  ];
}

/** Writes types, and those of one other interface that follow each other in one line. */
function typeLines(types: Readonly<Record<string, string>>): readonly string[] {
  const lines: string[] = [];
  let from: string | undefined;
  let names: string[] = [];
  const endUse = (): void => {
    if (from !== undefined) lines.push(`  use ${from}.{${names.join(', ')}}`);
    names = [];
  };
  for (const [id, text] of Object.entries(types)) {
    const [, key, name = ''] = /[\s{},]/u.test(id) ? [] : (USE.exec(text) ?? []);
    if (key !== from) endUse();
    from = key;
    if (key === undefined) lines.push(`  ${memberLine(id, text)}`);
    else names.push(idText(id) === name ? name : `${name} as ${id}`);
  }
  endUse();
  return lines;
}

/** The text of a type of another interface, in a contract: `use KEY.{NAME}`. */
const USE = /^use (\S(?:.*\S)?)\.\{([^\s{},]+)\}$/u;

/** Writes a function by its name and signature, and everything else after ` = `. */
function memberLine(id: string, text: string): string {
  for (const line of [functionLine(id, text), `${id} = ${text}`]) {
    const read = line === undefined ? undefined : (readFunction(line) ?? readEquation(line));
    if (line !== undefined && read?.[0] === id && read[1] === text) return line;
  }
  throw unwritable(id);
}

function functionLine(id: string, text: string): string | undefined {
  const { tag, resource, member } = parseExternName(id);
  const match = FUNCTION_TEXT.exec(text);
  if (match === null) return undefined;
  const [, words = '', keyword, parameters = ''] = match;
  if (tag === 'constructor' || keyword === 'constructor') return `constructor ${resource}${parameters}`;
  return `${words}${tag === 'freestanding' ? member : `${resource}.${member}`}${parameters}`;
}

const FUNCTION_TEXT = /^((?:static )?(?:async )?)(func|constructor)(\(.*)$/su;

function unwritable(name: string): TypeError {
  return new TypeError(`a contract cannot have the name or type ${JSON.stringify(name)}`);
}

/** Reads a function's line. @returns its annotated name and its text; `undefined` for another line */
function readFunction(line: string): readonly [id: string, text: string] | undefined {
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

function readEquation(line: string): readonly [id: string, text: string] | undefined {
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
