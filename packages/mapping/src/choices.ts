/**
 * What a host may choose of the mapping. The first value of each choice is its default. Declarations and the runtime
 * must be given the same choices; generated code gives its own to the runtime.
 */
export interface MappingChoices {
  /**
   * What a function does with a `result` that it returns. `thrown`: it returns the `ok`, and throws the `err`. `value`:
   * it returns `{ tag: 'ok', val }` or `{ tag: 'err', val }`, as a result is everywhere else; a host function that
   * throws ends the component. The same holds for asynchronous functions, and for a future of a `result`.
   */
  readonly results?: 'thrown' | 'value';
  /** `object`: an object of booleans. `bigint`: a bigint whose bit `i` is the flag `i` in the order of WIT. */
  readonly flags?: 'object' | 'bigint';
  /**
   * The names of fields, flags, functions, methods, and of interfaces with a plain name. `camel`: `processData`. `wit`:
   * `process-data`, as WIT has it. Classes are PascalCase in both.
   */
  readonly casing?: 'camel' | 'wit';
}

/** The choice of names alone. */
export type CasingChoice = Pick<MappingChoices, 'casing'>;

/** The values of each choice, the default first. */
export const mappingChoices = {
  results: ['thrown', 'value'],
  flags: ['object', 'bigint'],
  casing: ['camel', 'wit'],
} as const satisfies { readonly [Choice in keyof MappingChoices]-?: readonly MappingChoices[Choice][] };

/**
 * Returns the choices for one function. A constructor throws the `err` of its result under all choices, because `new`
 * gives nothing but an object.
 *
 * @param name the WIT name of the function, annotated, with or without its interface
 */
export function choicesFor(name: string, choices: MappingChoices | undefined): MappingChoices | undefined {
  return choices?.results === 'value' && name.includes('[constructor]')
    ? { ...choices, results: 'thrown' }
    : choices;
}

/** Returns the choices that are not the default ones, if there are any. */
export function otherChoices(choices: MappingChoices): MappingChoices | undefined {
  const others = Object.entries(choices).filter(
    ([name, value]) => value !== mappingChoices[name as keyof MappingChoices][0],
  );
  return others.length === 0 ? undefined : Object.fromEntries(others);
}

/**
 * Reads choices that a user without types may have given, each once.
 *
 * @param path what they are in messages: `options.mapping`
 * @throws TypeError when a choice does not exist, or has another value
 */
export function checkedChoices(given: unknown, path: string): Required<MappingChoices> {
  const all = Object.entries(mappingChoices) as [keyof MappingChoices, readonly string[]][];
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`\`${path}\`: expected an object with ${oneOf(all.map(([name]) => name))}`);
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(mappingChoices, key));
  if (unknown !== undefined)
    throw new TypeError(
      `\`${path}\`: there is no choice ${JSON.stringify(unknown)}; expected ${oneOf(all.map(([name]) => name))}`,
    );
  const choices = all.map(([name, values]) => {
    const value: unknown = Object.hasOwn(given, name) ? Reflect.get(given, name) : undefined;
    if (value === undefined) return [name, values[0]];
    if (values.includes(value as string)) return [name, value];
    throw new TypeError(`\`${path}.${name}\`: expected ${oneOf(values)}, got ${shown(value)}`);
  });
  return Object.fromEntries(choices) as Required<MappingChoices>;
}

function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)!}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value;
}
