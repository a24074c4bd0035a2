import { shapeOf, type Func, type Type } from '@wit-ts/model';

/** How a call of a function is written in WAVE, with placeholders: `greet("…", 1)`. */
export function exampleCall({ name, params }: Pick<Func, 'name' | 'params'>): string {
  return `${name}(${params.map(({ type }) => exampleValue(type)).join(', ')})`;
}

function exampleValue(type: Type): string {
  const shape = shapeOf(type);
  if (typeof shape === 'string') return PRIMITIVES.get(shape) ?? '1';
  switch (shape.tag) {
    case 'list':
    case 'fixed-length-list':
    case 'map':
    case 'stream':
      return '[…]';
    case 'tuple':
      return '(…)';
    case 'record':
      return '{…}';
    case 'flags':
      return '{…}';
    case 'enum':
    case 'variant': {
      const [first] = shape.cases;
      if (first === undefined) return '…';
      return 'type' in first && first.type !== undefined ? `${first.name}(…)` : first.name;
    }
    case 'option':
      return 'none';
    case 'result':
      return shape.ok === undefined ? 'ok' : 'ok(…)';
    case 'future':
      return shape.payload === undefined ? '…' : exampleValue(shape.payload);
    default:
      return '…';
  }
}

/** Numbers are the rest. */
const PRIMITIVES: ReadonlyMap<string, string> = new Map([
  ['string', '"…"'],
  ['char', "'a'"],
  ['bool', 'true'],
  ['error-context', '"…"'],
]);
