import type { Random } from '@wit-ts/dev-support/random';
import type { Contract, ContractItem } from '@wit-ts/model';

/** The interface of the world that `randomContract` makes. */
export const INTERFACE_NAME = 'law:types/i';

/** A resource of the interface. A host implements it. */
const RESOURCE_NAME = 'handle';

const PRIMITIVES = 'bool u8 u16 u32 u64 s8 s16 s32 s64 f32 f64 char string'.split(' ');
const MAP_KEYS = ['string', 'u8', 's32', 'u64', 'bool', 'char'];
const DEFINITIONS = 10;
const DEPTH = 4;

/** Labels that need care in JavaScript, and pairs that are the same in camelCase. */
const LABELS =
  'a b-c to-string constructor tag val a-1 a1 then proto has-own-property length HTTP-url some-long-name x2 is-a'.split(
    ' ',
  );

/**
 * Returns a contract that imports one interface: named types of every kind, and `count` functions of one parameter
 * and one result over random types. A type may mention the types before it.
 */
export function randomContract(random: Random, count: number): Contract {
  const types: Record<string, string> = { [RESOURCE_NAME]: 'resource' };
  for (let index = 0; index < DEFINITIONS; index += 1) {
    const text = definition(random, Object.keys(types));
    types[`t${index}`] = text;
  }
  const named = Object.keys(types);
  const functions: Record<string, string> = { [`[method]${RESOURCE_NAME}.touch`]: 'func()' };
  for (let index = 0; index < count; index += 1) {
    functions[`f${index}`] = `func(p: ${typeOf(random, named)}) -> ${resultOf(random, named)}`;
  }
  const item: ContractItem = { types, functions };
  return { world: 'law:types/w', imports: { [INTERFACE_NAME]: item }, exports: {} };
}

/** A result as a function's result is thrown, so that it is tried more often than its share. */
function resultOf(random: Random, named: readonly string[]): string {
  return random.oneIn(4) ? resultText(random, named, 1) : typeOf(random, named);
}

function definition(random: Random, named: readonly string[]): string {
  const labels = labelsOf(random);
  const inner = (): string => typeOf(random, named, 2);
  switch (random.below(6)) {
    case 0:
    case 1:
      return `record { ${labels.map((label) => `%${label}: ${random.oneIn(3) ? optionText(random, named, 2) : inner()}`).join(', ')} }`;
    case 2:
      return `variant { ${labels.map((label) => `%${label}${random.oneIn(3) ? '' : `(${inner()})`}`).join(', ')} }`;
    case 3:
      return `enum { ${labels.map((label) => `%${label}`).join(', ')} }`;
    case 4:
      return `flags { ${labels.map((label) => `%${label}`).join(', ')} }`;
    default:
      // Aliases of options, results, lists and of other names.
      return typeOf(random, named, 1);
  }
}

function labelsOf(random: Random): readonly string[] {
  const labels = new Set<string>();
  const count = 1 + random.below(4);
  while (labels.size < count) labels.add(random.pick(LABELS));
  return [...labels];
}

function typeOf(random: Random, named: readonly string[], depth = 0): string {
  if (depth >= DEPTH || random.oneIn(4)) {
    return random.oneIn(2) ? random.pick(PRIMITIVES) : random.pick(named);
  }
  const inner = (): string => typeOf(random, named, depth + 1);
  switch (random.below(10)) {
    case 0:
    case 1:
    case 2:
      return optionText(random, named, depth + 1);
    case 3:
      return resultText(random, named, depth + 1);
    case 4:
      return `list<${inner()}>`;
    case 5:
      return `list<${random.pick(PRIMITIVES)}>`;
    case 6:
      return `list<${inner()}, ${1 + random.below(4)}>`;
    case 7:
      return `tuple<${Array.from({ length: 1 + random.below(3) }, inner).join(', ')}>`;
    case 8:
      return `map<${random.pick(MAP_KEYS)}, ${inner()}>`;
    default:
      return random.pick(named);
  }
}

/** Options in options are what this is about, so there are many. */
function optionText(random: Random, named: readonly string[], depth: number): string {
  const levels = random.oneIn(2) ? 1 : 1 + random.below(4);
  return `${'option<'.repeat(levels)}${typeOf(random, named, depth + 1)}${'>'.repeat(levels)}`;
}

function resultText(random: Random, named: readonly string[], depth: number): string {
  const inner = (): string => typeOf(random, named, depth + 1);
  return random.pick([
    () => 'result',
    () => `result<${inner()}>`,
    () => `result<_, ${inner()}>`,
    () => `result<${inner()}, ${inner()}>`,
    () => `result<${inner()}, ${inner()}>`,
  ])();
}
