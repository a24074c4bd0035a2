import type { Printable, SymbolNode } from '../printable.ts';
import { hasHardLine, isList, type Group, type LayoutNode } from './layout-node.ts';
import { widthOf } from './text-width.ts';

/** How wide lines may be: the default of prettier. */
const WIDTH = 80;

interface LayoutOptions {
  /** Returns the text of a name or a specifier in this file. */
  readonly textOf: (symbol: SymbolNode) => string;
  /** How deep the text is indented. */
  readonly depth: number;
  /**
   * Whether objects that are broken are laid out as objects that were open before: the text is then as prettier formats
   * its own output, in which an open object may change what is around it.
   */
  readonly reopens: boolean;
}

/** Lays out a text in lines of 80 columns. Blank lines at its start and its end are left out, and doubled ones. */
export function layOut(parts: readonly Printable[], options: LayoutOptions): string {
  const first = new Layout(parts, options, new Set());
  if (!options.reopens || first.opened.size === 0) return first.text;
  return new Layout(parts, options, first.opened).text;
}

/** Returns sections with a blank line between them. @param sections each is empty or ends with a line break */
export function withBlankLines(sections: readonly string[]): string {
  return sections.filter((section) => section !== '').join('\n');
}

/** Whether what follows a place fits: a line break comes early enough, too late, or not in what was looked at. */
type Fit = 'fits' | 'too-wide' | 'open';

class Layout {
  readonly text: string;
  /** The objects that were broken. */
  readonly opened = new Set<Group>();
  readonly #textOf: (symbol: SymbolNode) => string;
  readonly #kept: ReadonlySet<Group>;
  /** What is still to be printed, the next part last, and the depth of each part. */
  readonly #pending: Printable[] = [];
  readonly #depths: number[] = [];
  readonly #lines: string[] = [];
  #line = '';
  /** The depth of the line that begins with the next text. */
  #newDepth: number;
  /** The line breaks that come before the next text. */
  #breaks = 0;
  /** The columns that are left while it is found out whether something fits. */
  #room = 0;
  #hasSpace = false;
  #flat = '';

  /** @param kept the objects that stay open */
  constructor(parts: readonly Printable[], { textOf, depth }: LayoutOptions, kept: ReadonlySet<Group>) {
    this.#textOf = textOf;
    this.#kept = kept;
    this.#newDepth = depth;
    this.#push(parts, depth);
    for (let part = this.#pending.pop(); part !== undefined; part = this.#pending.pop())
      this.#print(part, this.#depths.pop()!);
    if (this.#line !== '') this.#lines.push(`${this.#line}\n`);
    this.text = this.#lines.join('\n');
  }

  #push(part: Printable, depth: number): void {
    if (part === '') return;
    this.#pending.push(part);
    this.#depths.push(depth);
  }

  /** Prints a part whose group breaks. */
  #print(part: Printable, depth: number): void {
    if (typeof part === 'string') this.#write(part);
    else if (isList(part)) for (let i = part.length - 1; i >= 0; i -= 1) this.#push(part[i]!, depth);
    else
      switch (part.tag) {
        case 'line':
          this.#breaks += 1;
          this.#newDepth = depth;
          break;
        case 'indent':
          this.#push(part.contents, depth + 1);
          break;
        case 'if-broken':
          this.#push(part.broken, depth);
          break;
        case 'group':
          this.#printGroup(part, depth);
          break;
        case 'fluid':
          this.#printFluid(part, depth);
          break;
        case 'hug-last':
          this.#printHugLast(part, depth);
          break;
        case 'raw-lines':
          if (this.#line !== '') this.#lines.push(this.#line.trimEnd());
          this.#lines.push(part.text);
          this.#line = '';
          this.#newDepth = depth;
          break;
        default:
          this.#write(this.#textOf(part));
      }
  }

  #printGroup(part: Group, depth: number): void {
    const { contents, onlyIf } = part;
    const isGroup = onlyIf === undefined || hasHardLine(onlyIf, (inner) => this.#kept.has(inner));
    if (isGroup && !this.#kept.has(part) && this.#fitsFlat(contents)) {
      this.#write(this.#flat);
      return;
    }
    if (part.mayReopen) this.opened.add(part);
    this.#push(contents, depth);
  }

  #printFluid({ value }: Extract<LayoutNode, { tag: 'fluid' }>, depth: number): void {
    this.#measure();
    this.#hasSpace = true;
    const fit = this.#scan(value);
    if (fit === 'fits' || (fit === 'open' && this.#restFits())) {
      this.#write(' ');
      this.#push(value, depth);
    } else {
      this.#breaks += 1;
      this.#newDepth = depth + 1;
      this.#push(value, depth + 1);
    }
  }

  #printHugLast({ before, last, apart }: Extract<LayoutNode, { tag: 'hug-last' }>, depth: number): void {
    if (this.#fitsFlat([before, last, ')'])) {
      this.#write(this.#flat);
      return;
    }
    this.#measure();
    if (this.#flatten(before) && this.#scan(last.contents) === 'fits') {
      this.#write(this.#flat);
      this.opened.add(last);
      this.#push(')', depth);
      this.#push(last.contents, depth);
      return;
    }
    this.#push(apart, depth);
  }

  #write(text: string): void {
    if (this.#startsLine) {
      if (this.#line !== '') {
        this.#lines.push(this.#line.trimEnd());
        // More than one blank line is one.
        if (this.#breaks > 1) this.#lines.push('');
      }
      this.#breaks = 0;
      this.#line = '  '.repeat(this.#newDepth);
    }
    this.#line += text;
  }

  /** Whether the next text begins a line. */
  get #startsLine(): boolean {
    return this.#breaks > 0 || this.#line === '';
  }

  /** Begins to find out what fits into the line. */
  #measure(): void {
    this.#room = WIDTH - (this.#startsLine ? 2 * this.#newDepth : this.#line.length);
    this.#hasSpace = false;
    this.#flat = '';
  }

  /** Returns true if a part and what follows it fit into the line. Its text is in `#flat` then. */
  #fitsFlat(part: Printable): boolean {
    this.#measure();
    return this.#flatten(part) && this.#restFits();
  }

  #restFits(): boolean {
    for (let i = this.#pending.length - 1; i >= 0; i -= 1) {
      const fit = this.#scan(this.#pending[i]!);
      if (fit !== 'open') return fit === 'fits';
    }
    return true;
  }

  /** Adds the text that a part has in one line to `#flat`. @returns false if it does not fit into one line */
  #flatten(part: Printable): boolean {
    if (typeof part === 'string') {
      this.#flat += part;
      return this.#take(part);
    }
    if (isList(part)) {
      for (const item of part) if (!this.#flatten(item)) return false;
      return true;
    }
    switch (part.tag) {
      case 'line':
        if (part.kind === 'space') {
          this.#flat += ' ';
          this.#hasSpace = true;
        }
        return part.kind !== 'hard';
      case 'indent':
        return this.#flatten(part.contents);
      case 'group':
        return !this.#kept.has(part) && this.#flatten(part.contents);
      case 'if-broken':
        return true;
      case 'raw-lines':
        return false;
      case 'fluid':
        this.#flat += ' ';
        this.#hasSpace = true;
        return this.#flatten(part.value);
      case 'hug-last':
        return this.#flatten(part.before) && this.#flatten(part.last) && this.#flatten(')');
      default:
        return this.#flatten(this.#textOf(part));
    }
  }

  /** Finds out whether a part that may break has its first line break early enough. */
  #scan(part: Printable): Fit {
    if (typeof part === 'string') return this.#take(part) ? 'open' : 'too-wide';
    if (isList(part)) {
      for (const item of part) {
        const fit = this.#scan(item);
        if (fit !== 'open') return fit;
      }
      return 'open';
    }
    switch (part.tag) {
      case 'line':
      case 'fluid':
      case 'raw-lines':
        return 'fits';
      case 'indent':
      case 'group':
        return this.#scan(part.contents);
      case 'if-broken':
        return this.#scan(part.broken);
      case 'hug-last':
        return this.#scan(part.apart);
      default:
        return this.#scan(this.#textOf(part));
    }
  }

  /** Takes the columns of a text. A space at the end of a line takes none. */
  #take(text: string): boolean {
    if (text === '') return true;
    if (this.#hasSpace) this.#room -= 1;
    this.#hasSpace = false;
    this.#room -= widthOf(text);
    return this.#room >= 0;
  }
}
