import { kebab, tokenText, type Expr } from './productions.ts';

/**
 * A railroad diagram as SVG. The line of a part enters at its left and leaves at its right; `up` and `down` are how
 * far the part extends above and below that line.
 */
interface Part {
  readonly width: number;
  readonly up: number;
  readonly down: number;
  draw(x: number, y: number): string;
}

const CHARACTER = 7.8;
const PADDING = 10;
const HALF = 12;
const GAP = 10;
const RADIUS = 8;
const BETWEEN = 8;

/** Returns the diagram of a production. Rules are links to `#rule-name`. */
export function railroad(name: string, expr: Expr): string {
  const part = partOf(expr);
  const width = Math.ceil(part.width + 4 * GAP);
  const height = Math.ceil(part.up + part.down + 2 * GAP);
  const y = part.up + GAP;
  const ends =
    line(GAP, y, 2 * GAP) + line(2 * GAP + part.width, y, width - GAP) + stop(GAP, y) + stop(width - GAP, y);
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg ${size} role="img" aria-label="Diagram of ${escapeXml(kebab(name))}">${ends}${part.draw(2 * GAP, y)}</svg>`;
}

function partOf(expr: Expr): Part {
  switch (expr.tag) {
    case 'token':
      return box(tokenText(expr.token).replace(/^'(.*)'$/u, '$1'), 'token', undefined);
    case 'rule':
      return box(kebab(expr.name), 'rule', `#${kebab(expr.name)}`);
    case 'sequence':
      return sequence(expr.items);
    case 'choice':
      return choice(expr.items.map(partOf));
    case 'optional':
      return choice([skip, partOf(expr.item)]);
    case 'repeat':
      return expr.min === 0 ? choice([skip, loop(partOf(expr.item), skip)]) : loop(partOf(expr.item), skip);
  }
}

const skip: Part = { width: 0, up: 0, down: 0, draw: () => '' };

function box(text: string, kind: string, link: string | undefined): Part {
  const width = text.length * CHARACTER + 2 * PADDING;
  return {
    width,
    up: HALF,
    down: HALF,
    draw: (x, y) => {
      const round = kind === 'token' ? ` rx="${HALF}"` : '';
      const rect = `<rect x="${at(x)}" y="${at(y - HALF)}" width="${at(width)}" height="${2 * HALF}"${round}/>`;
      const label = `<text x="${at(x + width / 2)}" y="${at(y + 4)}">${escapeXml(text)}</text>`;
      const shape = `<g class="${kind}">${rect}${label}</g>`;
      return link === undefined ? shape : `<a href="${escapeXml(link)}">${shape}</a>`;
    },
  };
}

/** Draws `a (',' a)*` as a loop over `a` that returns through the comma. */
function sequence(items: readonly Expr[]): Part {
  const parts: Part[] = [];
  for (let i = 0; i < items.length; i += 1) {
    const separator = separatorOf(items[i]!, items[i + 1]);
    parts.push(separator === undefined ? partOf(items[i]!) : loop(partOf(items[i]!), partOf(separator)));
    if (separator !== undefined) i += 1;
  }
  return {
    width: parts.reduce((sum, part) => sum + part.width, 0) + GAP * (parts.length - 1),
    up: Math.max(0, ...parts.map((part) => part.up)),
    down: Math.max(0, ...parts.map((part) => part.down)),
    draw: (x, y) => {
      let from = x;
      const drawn = parts.map((part, i) => {
        const start = from;
        from += part.width + GAP;
        const bridge = i === parts.length - 1 ? '' : line(start + part.width, y, from);
        return part.draw(start, y) + bridge;
      });
      return drawn.join('');
    },
  };
}

function separatorOf(item: Expr, next: Expr | undefined): Expr | undefined {
  if (next?.tag !== 'repeat' || next.min !== 0 || next.item.tag !== 'sequence') return undefined;
  const [separator, again, ...more] = next.item.items;
  return more.length === 0 && again !== undefined && isSame(item, again) ? separator : undefined;
}

function isSame(a: Expr, b: Expr): boolean {
  if (a.tag === 'rule' && b.tag === 'rule') return a.name === b.name;
  return a.tag === 'token' && b.tag === 'token' && a.token === b.token;
}

/** Draws the first alternative on the line, and the others below it. */
function choice(parts: readonly Part[]): Part {
  const inner = Math.max(...parts.map((part) => part.width));
  const width = inner + 4 * RADIUS;
  const offsets: number[] = [];
  let reach = 0;
  parts.forEach((part, i) => {
    offsets.push(i === 0 ? 0 : Math.max(reach + BETWEEN + part.up, 2 * RADIUS));
    reach = offsets[i]! + part.down;
  });
  return {
    width,
    up: parts[0]!.up,
    down: reach,
    draw: (x, y) => parts.map((part, i) => branch(part, x, y, offsets[i]!, width)).join(''),
  };
}

function branch(part: Part, x: number, y: number, offset: number, width: number): string {
  const end = x + width;
  const from = x + 2 * RADIUS;
  const to = end - 2 * RADIUS;
  const body = part.draw(from, y + offset) + line(from + part.width, y + offset, to);
  if (offset === 0) return line(x, y, from) + body + line(to, y, end);
  const down = offset - 2 * RADIUS;
  const enter = `M${at(x)} ${at(y)}${arc(RADIUS, RADIUS, 1)}v${at(down)}${arc(RADIUS, RADIUS, 0)}`;
  const leave = `M${at(to)} ${at(y + offset)}${arc(RADIUS, -RADIUS, 0)}v${at(-down)}${arc(RADIUS, -RADIUS, 1)}`;
  return path(enter) + body + path(leave);
}

/** Draws a loop: through `part`, and back through `back` below it. */
function loop(part: Part, back: Part): Part {
  const inner = Math.max(part.width, back.width);
  const width = inner + 2 * RADIUS;
  const offset = Math.max(part.down + BETWEEN + back.up, 2 * RADIUS);
  return {
    width,
    up: part.up,
    down: offset + back.down,
    draw: (x, y) => {
      const from = x + RADIUS;
      const to = from + inner;
      const down = offset - 2 * RADIUS;
      const right = `M${at(to)} ${at(y)}${arc(RADIUS, RADIUS, 1)}v${at(down)}${arc(-RADIUS, RADIUS, 1)}`;
      const left = `M${at(from)} ${at(y + offset)}${arc(-RADIUS, -RADIUS, 1)}v${at(-down)}${arc(RADIUS, -RADIUS, 1)}`;
      return [
        line(x, y, from),
        part.draw(from, y),
        line(from + part.width, y, x + width),
        path(right),
        back.draw(from, y + offset),
        line(from + back.width, y + offset, to),
        path(left),
      ].join('');
    },
  };
}

function arc(dx: number, dy: number, sweep: 0 | 1): string {
  return `a${RADIUS} ${RADIUS} 0 0 ${sweep} ${dx} ${dy}`;
}

function line(from: number, y: number, to: number): string {
  return from === to ? '' : path(`M${at(from)} ${at(y)}H${at(to)}`);
}

function stop(x: number, y: number): string {
  return path(`M${at(x)} ${at(y - 6)}v12`);
}

function path(d: string): string {
  return `<path d="${d}"/>`;
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/gu, (char) => `&#${char.charCodeAt(0)};`);
}
