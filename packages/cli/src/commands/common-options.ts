import type { CommandEntry, CommandOption } from './command-table.ts';

/** Returns all options of a command in the order of its help. */
export function optionsOf(entry: CommandEntry): readonly CommandOption[] {
  return [...witOptions(entry), ...(entry.options ?? []), ...COMMON_OPTIONS];
}

const COMMON_OPTIONS: readonly CommandOption[] = [
  { flags: '--json', description: 'print JSON on standard output', excludes: ['lines'] },
  { flags: '--lines', description: 'print each finding on one line: file:line:col: error[code]: message' },
  { flags: '--color', description: 'force colour even when the output is not a terminal' },
  { flags: '--no-color', description: 'never use colour' },
  { flags: '-q, --quiet', description: 'print only results and errors' },
];

/** The options that choose features and a world, or worlds. */
function witOptions({ readsWit }: CommandEntry): readonly CommandOption[] {
  if (readsWit === false) return [];
  return [
    readsWit === 'worlds'
      ? {
          flags: '-w, --world <name>',
          description: 'a world, if there are several: name or ns:pkg/name@version; repeatable',
          isRepeatable: true,
        }
      : {
          flags: '-w, --world <name>',
          description: 'the world, if there are several: name or ns:pkg/name@version',
        },
    {
      flags: '--features <names>',
      description: 'unstable features to enable, separated by commas',
      isList: true,
    },
    { flags: '--all-features', description: 'enable all unstable features' },
  ];
}
