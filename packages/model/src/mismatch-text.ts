import type { Labelled } from './mismatch-path.ts';
import type { HandleKind, Mismatch, ResourceOrigin, UnexpressedItem } from './mismatch.ts';
import { funcText, typeDefText, typeText } from './type-text.ts';
import type { Func, Type, WorldItem } from './types.ts';
import { unalias } from './unalias.ts';

/** The texts of the two sides, as WIT or as a name; absent for a side that has nothing. */
export interface MismatchTexts {
  readonly expected?: string;
  readonly found?: string;
}

/** Prints what the world expects and what the component has, each at most a few hundred characters long. */
export function mismatchTexts(mismatch: Mismatch): MismatchTexts {
  switch (mismatch.code) {
    case 'import-not-offered':
    case 'export-missing':
      return demanded(mismatch, itemText(mismatch.missing));
    case 'function-missing':
      return demanded(mismatch, funcText(mismatch.missing, SHORT));
    case 'type-missing':
      return demanded(mismatch, typeDefText(mismatch.missing, SHORT));
    case 'item-kind':
      return both(mismatch, itemText);
    case 'function-async':
      return both(mismatch, ({ async }: Func) => (async ? 'async func' : 'func'));
    case 'result-missing':
    case 'result-extra':
      return both(mismatch, (func: Func) => funcText(func, SHORT));
    case 'param-missing':
    case 'field-missing':
    case 'case-missing':
    case 'flag-missing':
      return { expected: labelText(mismatch.expected) };
    case 'param-extra':
    case 'field-extra':
    case 'case-extra':
    case 'flag-extra':
      return { found: labelText(mismatch.found) };
    case 'param-renamed':
    case 'field-renamed':
    case 'case-renamed':
    case 'flag-renamed':
      return both(mismatch, ({ name }: Labelled) => name);
    case 'param-order':
    case 'field-order':
    case 'case-order':
    case 'flag-order':
      return both(mismatch, namesText);
    case 'type-different':
      return differentTexts(mismatch.expected, mismatch.found);
    case 'payload-missing':
      return { expected: typeText(mismatch.expected) };
    case 'payload-extra':
      return { found: typeText(mismatch.found) };
    case 'list-length':
      return both(mismatch, String);
    case 'tuple-size':
      return both(mismatch, (types: readonly Type[]) => typeText({ kind: { tag: 'tuple', types } }, SHORT));
    case 'handle-kind':
      return both(mismatch, ({ tag, resource }: HandleKind) => `${tag}<${resource.name}>`);
    case 'resource-different':
      return resourceTexts(mismatch.expected, mismatch.found);
    case 'type-too-deep':
      return {};
  }
}

/**
 * Returns the origin of a resource as text: `import x:y/z.{file}`, or `import file` for a resource of the world itself.
 */
export function originText({ side, key, name = '' }: ResourceOrigin): string {
  return key === undefined ? `${side} ${name}` : `${side} ${key}.{${name}}`;
}

/** People read the texts; the whole types are in the mismatch. */
const SHORT = { limit: 300 };

function demanded({ side }: Mismatch, text: string): MismatchTexts {
  return side === 'import' ? { found: text } : { expected: text };
}

function both<T>(
  { expected, found }: { readonly expected: T; readonly found: T },
  text: (value: T) => string,
): MismatchTexts {
  return { expected: text(expected), found: text(found) };
}

function itemText(item: WorldItem | UnexpressedItem): string {
  switch (item.tag) {
    case 'interface':
      return 'interface';
    case 'function':
      return funcText(item.function, SHORT);
    case 'type':
      return typeDefText(item.type, SHORT);
    case 'unexpressed':
      return item.sort;
  }
}

/** Two types of one name differ in what the name stands for. */
function differentTexts(expected: Type, found: Type): MismatchTexts {
  const texts = both({ expected, found }, (type) => typeText(type, SHORT));
  if (texts.expected !== texts.found) return texts;
  return both({ expected: unalias(expected), found: unalias(found) }, (type) =>
    typeof type === 'string' ? type : typeDefText(type, SHORT),
  );
}

/** By name, or by origin when both have the same name. */
function resourceTexts(expected: ResourceOrigin, found: ResourceOrigin): MismatchTexts {
  const resources = { expected, found };
  return expected.name === found.name
    ? both(resources, originText)
    : both(resources, ({ name }) => name ?? 'resource');
}

function labelText({ name, type }: Labelled): string {
  return type === undefined ? name : `${name}: ${typeText(type, SHORT)}`;
}

function namesText(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, …` : shown;
}
