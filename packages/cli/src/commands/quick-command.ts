import { COMMANDS, type CommandEntry, type CommandOption } from './command-table.ts';
import { optionsOf } from './common-options.ts';
import { keyOf, longName } from './option-names.ts';

/** A command with its arguments and the values of its options. */
interface QuickCommand {
  readonly entry: CommandEntry;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Reads a command line that has nothing unusual, as commander would: loading commander takes longer than what most
 * commands do. Returns undefined for everything else, such as a request for help, an abbreviation, or a mistake, which
 * commander explains.
 *
 * @param argv the arguments after the program's name
 */
export function quickCommand([name, ...rest]: readonly string[]): QuickCommand | undefined {
  const entry = COMMANDS.find((each) => each.name === name);
  return entry && readArguments(entry, rest);
}

/** How an option is written, and under which name it has its value. */
interface Flag {
  readonly option: CommandOption;
  readonly key: string;
  readonly takes: 'nothing' | 'value' | 'maybe a value';
  /** For a flag without a value. */
  readonly sets: boolean;
}

function readArguments(entry: CommandEntry, argv: readonly string[]): QuickCommand | undefined {
  const all = optionsOf(entry);
  const flags = flagsByName(all);
  const values = new Map<string, unknown>();
  for (const { flags: text, defaultValue } of all)
    if (defaultValue !== undefined) values.set(keyOf(longName(text)), defaultValue);
  for (const key of switchedOn(all)) values.set(key, true);
  const given = new Set<string>();
  const args: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const arg = argv[at]!;
    if (arg === '--') {
      args.push(...argv.slice(at + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      args.push(arg);
      continue;
    }
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    const flag = flags.get(equals === -1 ? arg : arg.slice(0, equals));
    if (flag === undefined || flag.takes === 'maybe a value') return undefined;
    let value: unknown = flag.sets;
    if (flag.takes === 'nothing') {
      if (equals !== -1) return undefined;
    } else {
      const text = equals === -1 ? argv[++at] : arg.slice(equals + 1);
      if (text === undefined || text === '' || (equals === -1 && text.startsWith('-'))) return undefined;
      value = withValue(flag.option, given.has(flag.key) ? values.get(flag.key) : undefined, text);
    }
    if (given.has(flag.key) && !isMany(flag.option) && value !== values.get(flag.key)) return undefined;
    values.set(flag.key, value);
    given.add(flag.key);
  }
  const isComplete = all.every(
    ({ flags: text, isRequired }) => isRequired !== true || given.has(keyOf(longName(text))),
  );
  if (!isComplete || excludesAnother(all, given) || !hasArguments(entry, args.length)) return undefined;
  return { entry, args, options: Object.fromEntries(values) };
}

/** Returns the keys that only a flag `--no-…` sets: without it they are true, as commander has them. */
function switchedOn(options: readonly CommandOption[]): string[] {
  const names = options.map(({ flags }) => longName(flags));
  return names.flatMap((name) =>
    name.startsWith('--no-') && !names.includes(name.replace('--no-', '--')) ? [keyOf(name)] : [],
  );
}

function flagsByName(options: readonly CommandOption[]): ReadonlyMap<string, Flag> {
  const flags = new Map<string, Flag>();
  for (const option of options) {
    const [, names = '', open] = /^([^<[]*)([<[])?/u.exec(option.flags) ?? [];
    const takes = open === undefined ? 'nothing' : open === '<' ? 'value' : 'maybe a value';
    const sets = !longName(option.flags).startsWith('--no-');
    const flag: Flag = { option, key: keyOf(longName(option.flags)), takes, sets };
    for (const each of names.split(/[ ,]+/u)) if (each !== '') flags.set(each, flag);
  }
  return flags;
}

/** Whether an option may have several values. */
function isMany({ isRepeatable, isList }: CommandOption): boolean {
  return isRepeatable === true || isList === true;
}

function withValue(option: CommandOption, before: unknown, text: string): unknown {
  const list = before === undefined ? [] : (before as readonly string[]);
  if (option.isRepeatable === true) return [...list, text];
  if (option.isList === true) return [...list, ...text.split(',').filter((name) => name !== '')];
  return text;
}

function excludesAnother(options: readonly CommandOption[], given: ReadonlySet<string>): boolean {
  return options.some(
    ({ flags, excludes }) =>
      excludes !== undefined && given.has(keyOf(longName(flags))) && excludes.some((key) => given.has(key)),
  );
}

function hasArguments({ arguments: declared }: CommandEntry, count: number): boolean {
  const required = declared.filter(([name]) => name.startsWith('<')).length;
  const isOpen = declared.some(([name]) => name.includes('...'));
  return count >= required && (isOpen || count <= declared.length);
}
