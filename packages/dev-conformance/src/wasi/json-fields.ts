/** The members of a JSON object, before anything is known about them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Returns the value as an object. Throws an Error that names it when it is something else. */
export function jsonObject(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} is not an object`);
  return { ...value };
}

/** Returns the objects of a list, each with its position. */
export function eachOf(from: Fields, name: string, what: string): readonly Fields[] {
  const list = from[name] ?? [];
  if (!Array.isArray(list)) throw new Error(`\`${name}\` is not a list`);
  return list.map((each, index) => jsonObject(each, `${what} ${index}`));
}

export function text(from: Fields, name: string, absent?: string): string {
  const value = from[name] ?? absent;
  if (typeof value !== 'string') throw new Error(`\`${name}\` is not a string`);
  return value;
}

export function number(from: Fields, name: string, absent: number): number {
  const value = from[name] ?? absent;
  if (typeof value !== 'number') throw new Error(`\`${name}\` is not a number`);
  return value;
}

/** Returns an object whose values are strings. It is empty when it is absent. */
export function texts(from: Fields, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(jsonObject(from[name] ?? {}, `\`${name}\``));
  for (const [key, value] of entries)
    if (typeof value !== 'string') throw new Error(`\`${name}.${key}\` is not a string`);
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** Returns a list of strings. It is empty when it is absent. */
export function textList(from: Fields, name: string): readonly string[] {
  const list = from[name] ?? [];
  if (!Array.isArray(list) || !list.every((each) => typeof each === 'string'))
    throw new Error(`\`${name}\` is not a list of strings`);
  return list;
}

/** Returns a string that has to be one of some names. */
export function oneOf<Name extends string>(
  from: Fields,
  name: string,
  names: readonly Name[],
  absent: Name,
): Name {
  const value = text(from, name, absent);
  const found = names.find((each) => each === value);
  if (found === undefined)
    throw new Error(`\`${name}\` is ${JSON.stringify(value)}, not ${names.join(', ')}`);
  return found;
}
