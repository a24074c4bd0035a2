/** Returns the long name of an option from its `flags`: `--out` for `-o, --out <dir>`. */
export function longName(flags: string): string {
  return /--[a-z-]+/u.exec(flags)?.[0] ?? flags;
}

/** Returns the key of an option's value: `maxMemory` for `--max-memory`, and `color` for `--no-color`. */
export function keyOf(long: string): string {
  return long.replace(/^--(?:no-)?/u, '').replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
}
