import type { Contract, ContractItem } from './contract.ts';
import { FUNCTION_TEXT, readEquation, readFunction } from './contract-read.ts';
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
  const lines = new ContractLines();
  for (const [word, items] of parts)
    for (const [key, item] of Object.entries(items)) addItem(lines, word, key, item);
  return textOfLines(contract.world, lines);
}

function addItem(lines: ContractLines, word: string, key: string, item: ContractItem): void {
  if (typeof item === 'string') {
    lines.item(word, key, item);
    return;
  }
  const { implements: name, types = {}, functions = {} } = item;
  lines.interface(word, key, name);
  for (const [id, text] of Object.entries(types)) lines.type(id, text);
  for (const [id, text] of Object.entries(functions)) lines.function(id, text);
}

/** Returns the contract of a world whose items are on these lines. */
export function textOfLines(world: string, ...parts: readonly ContractLines[]): string {
  const lines = [`world ${world}`];
  for (const part of parts) for (const line of part.end()) lines.push(line);
  const broken = lines.find((line) => /[\n\r]/u.test(line));
  if (broken !== undefined) throw unwritable(broken);
  return lines.join('\n');
}

/** Writes the lines of items, one after the other. */
export class ContractLines {
  readonly #lines: string[] = [];
  /** The interface whose types are on the line that is being written, and these types. */
  #from: string | undefined;
  #names: string[] = [];

  /** Returns all lines. */
  end(): readonly string[] {
    this.#endUse();
    return this.#lines;
  }

  /** Adds an item of the world that has no members. */
  item(word: string, key: string, text: string): void {
    this.#add(`${word} ${memberLine(key, text)}`);
  }

  /** Adds an interface, whose members follow. @param name its full name, if that is not the key */
  interface(word: string, key: string, name: string | undefined): void {
    if (/[\s(]/u.test(`${key}${name ?? ''}`)) throw unwritable(key);
    this.#add(`${word} ${key}${name === undefined ? '' : ` implements ${name}`}`);
  }

  /** Adds a type of an interface. Types of one other interface that follow each other are on one line. */
  type(id: string, text: string): void {
    const isUse = text.startsWith('use ') && !/[\s{},]/u.test(id);
    const [, key, name = ''] = isUse ? (USE.exec(text) ?? []) : [];
    if (key === undefined) {
      this.#add(`  ${memberLine(id, text)}`);
      return;
    }
    if (key !== this.#from) this.#endUse();
    this.#from = key;
    this.#names.push(idText(id) === name ? name : `${name} as ${id}`);
  }

  /** Adds a function of an interface by its annotated name. */
  function(id: string, text: string): void {
    this.#add(`  ${memberLine(id, text)}`);
  }

  #add(line: string): void {
    this.#endUse();
    this.#lines.push(line);
  }

  #endUse(): void {
    if (this.#from === undefined) return;
    this.#lines.push(`  use ${this.#from}.{${this.#names.join(', ')}}`);
    this.#from = undefined;
    this.#names = [];
  }
}

/** The text of a type of another interface, in a contract: `use KEY.{NAME}`. */
const USE = /^use (\S(?:.*\S)?)\.\{([^\s{},]+)\}$/u;

/** Writes a function by its name and signature, and everything else after ` = `. */
function memberLine(id: string, text: string): string {
  // Only unusual names and texts could be read as something else.
  if (PLAIN.test(id)) {
    if (!FUNCTION_TEXT.test(text)) return `${id} = ${text}`;
    if (text.startsWith('func(')) return `${id}${text.slice('func'.length)}`;
  }
  for (const line of [functionLine(id, text), `${id} = ${text}`]) {
    const read = line === undefined ? undefined : (readFunction(line) ?? readEquation(line));
    if (line !== undefined && read?.[0] === id && read[1] === text) return line;
  }
  throw unwritable(id);
}

const PLAIN = /^[\w-]+$/u;

function functionLine(id: string, text: string): string | undefined {
  const { tag, resource, member } = parseExternName(id);
  const match = FUNCTION_TEXT.exec(text);
  if (match === null) return undefined;
  const [, words = '', keyword, parameters = ''] = match;
  if (tag === 'constructor' || keyword === 'constructor') return `constructor ${resource}${parameters}`;
  return `${words}${tag === 'freestanding' ? member : `${resource}.${member}`}${parameters}`;
}

function unwritable(name: string): TypeError {
  return new TypeError(`a contract cannot have the name or type ${JSON.stringify(name)}`);
}
