import { mappingChoices } from '@wit-ts/mapping';
import { usageFailure } from '../failure.ts';

/** Options that change what is generated, as they are written on the command line. */
export interface GenerationOptions extends Readonly<
  Record<TextKey, string> & Record<SwitchKey, boolean> & Record<ListKey, readonly string[]>
> {}

type TextKey = keyof typeof TEXTS;
type SwitchKey = keyof typeof SWITCHES;
type ListKey = keyof typeof LISTS;

interface TextOption {
  readonly flag: string;
  /** The values that it may have. */
  readonly choices: readonly string[];
}

/** An option with any value of a form. */
interface FormOption {
  readonly flag: string;
  readonly form: RegExp;
  readonly help: string;
}

const TEXTS = {
  importExtension: { flag: '--import-extension', choices: ['.js', '.ts', 'none'] },
  layout: { flag: '--layout', choices: ['interfaces', 'file'] },
  enums: { flag: '--enums', choices: ['union', 'const'] },
  variants: { flag: '--variants', choices: ['union', 'const', 'class'] },
  results: { flag: '--results', choices: mappingChoices.results },
  flags: { flag: '--flags', choices: mappingChoices.flags },
  casing: { flag: '--casing', choices: mappingChoices.casing },
  typePrefix: {
    flag: '--type-prefix',
    form: /^(?:[A-Z]\w*)?$/u,
    help: 'give a capital, then letters, digits and _',
  },
} as const satisfies Record<string, TextOption | FormOption>;

const SWITCHES = {
  typesOnly: '--types-only',
  noContract: '--no-contract',
  instantiateSync: '--instantiate-sync',
  allFeatures: '--all-features',
} as const;

/** `all` or `*` among the names of functions stands for all imports or exports. */
const LISTS = {
  asyncImports: '--async-imports',
  asyncExports: '--async-exports',
  features: '--features',
  map: '--map',
} as const;

/** The options that are not given. */
export const DEFAULTS: GenerationOptions = {
  importExtension: '.js',
  layout: 'interfaces',
  enums: 'union',
  variants: 'union',
  results: 'thrown',
  flags: 'object',
  casing: 'camel',
  typePrefix: '',
  typesOnly: false,
  noContract: false,
  instantiateSync: false,
  allFeatures: false,
  asyncImports: [],
  asyncExports: [],
  features: [],
  map: [],
};

/** What the command line or a config file gives of them: `--no-contract` is `contract: false`. */
export type GivenOptions = {
  readonly [K in Exclude<keyof GenerationOptions, 'noContract'>]?: GenerationOptions[K] | undefined;
} & { readonly contract?: boolean | undefined };

/** @throws Failure if an option has a value that it cannot have */
export function generationOptions(given: GivenOptions): GenerationOptions {
  const { contract = true, ...others } = given;
  const known = Object.entries(others).filter(
    ([key, value]) => value !== undefined && Object.hasOwn(DEFAULTS, key),
  );
  const options: GenerationOptions = { ...DEFAULTS, ...Object.fromEntries(known), noContract: !contract };
  for (const key of keysOf(TEXTS)) refuseValue(TEXTS[key], options[key]);
  return options;
}

function refuseValue(option: TextOption | FormOption, value: string): void {
  const isFine = 'form' in option ? option.form.test(value) : option.choices.includes(value);
  if (isFine) return;
  const help =
    'form' in option
      ? option.help
      : `choose ${option.choices.slice(0, -1).join(', ')} or ${option.choices.at(-1)}`;
  throw usageFailure(`\`${option.flag}\` does not accept \`${value}\``, help);
}

/** Returns the options as words of a command line, in a fixed order, without those that have their default value. */
export function wordsOf(options: GenerationOptions): string[] {
  return [
    ...keysOf(TEXTS).flatMap((key) =>
      options[key] === DEFAULTS[key] ? [] : [TEXTS[key].flag, options[key]],
    ),
    ...keysOf(LISTS).flatMap((key) =>
      options[key].length === 0 ? [] : [LISTS[key], [...options[key]].sort().join(',')],
    ),
    ...keysOf(SWITCHES).flatMap((key) => (options[key] ? [SWITCHES[key]] : [])),
  ];
}

/** Returns the options that words of a command line give. Other words are skipped: a later version may write them. */
export function optionsIn(words: readonly string[]): GenerationOptions {
  const after = (flag: string): string | undefined =>
    words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined;
  return {
    ...DEFAULTS,
    ...Object.fromEntries(keysOf(TEXTS).map((key) => [key, after(TEXTS[key].flag) ?? DEFAULTS[key]])),
    ...Object.fromEntries(keysOf(LISTS).map((key) => [key, after(LISTS[key])?.split(',') ?? []])),
    ...Object.fromEntries(keysOf(SWITCHES).map((key) => [key, words.includes(SWITCHES[key])])),
  };
}

/** The keys of options that belong to a path, with their flags. */
export const OPTION_FLAGS: readonly (readonly [key: keyof GivenOptions, flag: string])[] = [
  ...keysOf(TEXTS).map((key) => [key, TEXTS[key].flag] as const),
  ...keysOf(LISTS).map((key) => [key, LISTS[key]] as const),
  ...keysOf(SWITCHES).map((key) => [key === 'noContract' ? 'contract' : key, SWITCHES[key]] as const),
];

function keysOf<T extends object>(table: T): (keyof T)[] {
  return Object.keys(table) as (keyof T)[];
}
