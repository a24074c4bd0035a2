import { hardline, type Doc } from './doc.ts';

interface LayoutOptions {
  readonly printWidth: number;
  /** The text of one level of indentation: spaces or a tab. */
  readonly indent: string;
  /** The width of a tab. */
  readonly tabWidth: number;
}

/**
 * Lays out a document within a width, by the algorithm of prettier's doc printer (Wadler, "A prettier printer"): a
 * group is printed flat if everything up to the next possible line break fits, and broken otherwise.
 */
export function layout(doc: Doc, options: LayoutOptions): string {
  const out = new Output(options);
  const broken = brokenGroups(doc);
  const commands: Command[] = [{ doc, depth: 0, flat: false }];
  for (let command = commands.pop(); command !== undefined; command = commands.pop()) {
    const { doc: part, depth, flat } = command;
    if (typeof part === 'string') out.text(part);
    else if (isList(part)) pushAll(commands, part, depth, flat);
    else {
      switch (part.type) {
        case 'indent':
          commands.push({ doc: part.contents, depth: depth + 1, flat });
          break;
        case 'group': {
          const next: Command = { doc: part.contents, depth, flat: true };
          const stays =
            flat ||
            (!broken.has(part) &&
              fits(next, commands, options.printWidth - out.column, out.suffixes.length > 0));
          commands.push(stays ? next : { ...next, flat: false });
          break;
        }
        case 'if-break':
          commands.push({ doc: flat ? part.flatContents : part.breakContents, depth, flat });
          break;
        case 'line-suffix':
          out.suffixes.push({ doc: part.contents, depth, flat });
          break;
        case 'line':
          if (flat && part.hard !== true) out.text(part.soft === true ? '' : ' ');
          else if (out.suffixes.length > 0) commands.push(command, ...out.takeSuffixes());
          else out.newline(part.literal === true ? undefined : depth);
          break;
        case 'line-suffix-boundary':
          if (out.suffixes.length > 0) commands.push({ doc: hardline, depth, flat: false });
          break;
        case 'break-parent':
          break;
      }
    }
    if (commands.length === 0) commands.push(...out.takeSuffixes());
  }
  return out.toString();
}

interface Command {
  readonly doc: Doc;
  readonly depth: number;
  readonly flat: boolean;
}

type Group = Extract<Doc, { type: 'group' }>;

function isList(doc: Exclude<Doc, string>): doc is readonly Doc[] {
  return Array.isArray(doc);
}

function pushAll(commands: Command[], docs: readonly Doc[], depth: number, flat: boolean): void {
  for (let i = docs.length - 1; i >= 0; i -= 1) commands.push({ doc: docs[i]!, depth, flat });
}

class Output {
  column = 0;
  readonly suffixes: Command[] = [];
  readonly #parts: string[] = [];
  readonly #options: LayoutOptions;

  constructor(options: LayoutOptions) {
    this.#options = options;
  }

  text(text: string): void {
    if (text === '') return;
    this.#parts.push(text);
    this.column += text.length;
  }

  /** @param depth of the new line; `undefined` for a literal one */
  newline(depth: number | undefined): void {
    if (depth === undefined) {
      this.#parts.push('\n');
      this.column = 0;
      return;
    }
    this.#trim();
    const { indent, tabWidth } = this.#options;
    this.#parts.push('\n', indent.repeat(depth));
    this.column = depth * (indent === '\t' ? tabWidth : indent.length);
  }

  takeSuffixes(): Command[] {
    return this.suffixes.splice(0).toReversed();
  }

  toString(): string {
    return this.#parts.join('');
  }

  /** Removes the spaces at the end of a line: indentation of an empty line, or a space before a line break. */
  #trim(): void {
    for (let last = this.#parts.pop(); last !== undefined; last = this.#parts.pop()) {
      const kept = last.replace(/[ \t]+$/u, '');
      if (kept !== '') {
        this.#parts.push(kept);
        return;
      }
    }
  }
}

/** Returns the groups that contain a forced line break. */
function brokenGroups(doc: Doc): ReadonlySet<Group> {
  const broken = new Set<Group>();
  const visit = (part: Doc): boolean => {
    if (typeof part === 'string') return false;
    if (isList(part)) return part.reduce((breaks, item) => visit(item) || breaks, false);
    switch (part.type) {
      case 'break-parent':
        return true;
      case 'indent':
        return visit(part.contents);
      case 'if-break':
        return visit(part.breakContents) || visit(part.flatContents);
      case 'group': {
        const breaks = visit(part.contents) || part.break;
        if (breaks) broken.add(part);
        return breaks;
      }
      default:
        return false;
    }
  };
  visit(doc);
  return broken;
}

/**
 * Whether `next`, printed flat, fits into `width` together with what follows it up to the first possible line break.
 */
function fits(next: Command, rest: readonly Command[], width: number, waiting: boolean): boolean {
  let left = width;
  let suffix = waiting;
  let restLeft = rest.length;
  const commands: Command[] = [next];
  while (left >= 0) {
    const command = commands.pop() ?? rest[(restLeft -= 1)];
    if (command === undefined) return true;
    const { doc, depth, flat } = command;
    if (typeof doc === 'string') left -= doc.length;
    else if (isList(doc)) pushAll(commands, doc, depth, flat);
    else {
      switch (doc.type) {
        case 'indent':
          commands.push({ doc: doc.contents, depth, flat });
          break;
        case 'group':
          commands.push({ doc: doc.contents, depth, flat: flat && !doc.break });
          break;
        case 'if-break':
          commands.push({ doc: flat ? doc.flatContents : doc.breakContents, depth, flat });
          break;
        case 'line':
          if (!flat || doc.hard === true) return true;
          if (doc.soft !== true) left -= 1;
          break;
        case 'line-suffix':
          suffix = true;
          break;
        case 'line-suffix-boundary':
          if (suffix) return false;
          break;
        default:
          break;
      }
    }
  }
  return false;
}
