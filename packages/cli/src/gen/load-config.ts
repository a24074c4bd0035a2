import { mappingChoices } from '@wit-ts/mapping';
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config, GenConfig } from '../config.ts';
import { fileFailure, inputFailure, usageFailure } from '../failure.ts';
import { readGivenFile } from '../regular-file.ts';

/** The names of config files that are looked for, best first. */
const NAMES = ['ts', 'mts', 'mjs', 'js', 'json'].map((extension) => `wit-ts.config.${extension}`);

/** Returns the path of the config file in a directory, or `undefined` if there is none. */
export function findConfig(directory: string): string | undefined {
  for (const name of NAMES) {
    const file = path.join(directory, name);
    if (isFile(file)) return file;
  }
  return undefined;
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Loads a config file. Node runs TypeScript as it is.
 *
 * @throws Failure if it cannot be loaded, or is not a config
 */
export async function loadConfig(file: string): Promise<Config> {
  const value = file.endsWith('.json') ? await readJson(file) : await importDefault(file);
  return checkedConfig(value, path.basename(file));
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(readGivenFile(file, file).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw inputFailure(`cannot read \`${file}\`: ${error.message}`);
    throw fileFailure('read', file, error);
  }
}

async function importDefault(file: string): Promise<unknown> {
  try {
    const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
    return isObject(module) ? module['default'] : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION') {
      const help =
        'use Node 22.18 or later, or write the config as `wit-ts.config.mjs` or `wit-ts.config.json`';
      throw inputFailure(`cannot load \`${file}\`: this version of Node does not run TypeScript`, help);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw inputFailure(`cannot load \`${file}\`: ${reason}`);
  }
}

type Check = readonly [isFitting: (value: unknown) => boolean, expected: string];

const text: Check = [(value) => typeof value === 'string' && value !== '', 'a string that is not empty'];
const flag: Check = [(value) => typeof value === 'boolean', 'a boolean'];
const texts: Check = [
  (value) => Array.isArray(value) && value.every((item) => text[0](item)),
  'an array of strings that are not empty',
];

const functions: Check = [
  (value) => flag[0](value) || texts[0](value),
  'a boolean or an array of strings that are not empty',
];

function oneOf(...values: readonly string[]): Check {
  const quoted = values.map((value) => `'${value}'`);
  return [
    (value) => values.some((each) => each === value),
    `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`,
  ];
}

const CHECKS: Readonly<Record<keyof GenConfig, Check>> = {
  path: text,
  world: [(value) => text[0](value) || texts[0](value), 'a string or an array of strings that are not empty'],
  allWorlds: flag,
  out: [
    (value) => text[0](value) && value !== '-',
    'the path of a directory; `.` is that of the config file',
  ],
  guest: flag,
  asyncImports: functions,
  asyncExports: functions,
  importExtension: oneOf('.js', '.ts', 'none'),
  layout: oneOf('interfaces', 'file'),
  map: [
    (value) => isObject(value) && Object.values(value).every((each) => text[0](each)),
    'an object with the name of a module for each interface',
  ],
  enums: oneOf('union', 'const'),
  variants: oneOf('union', 'const', 'class'),
  results: oneOf(...mappingChoices.results),
  flags: oneOf(...mappingChoices.flags),
  casing: oneOf(...mappingChoices.casing),
  typePrefix: text,
  typesOnly: flag,
  contract: flag,
  instantiateSync: flag,
  features: texts,
  allFeatures: flag,
};

function checkedConfig(value: unknown, name: string): Config {
  const wrong = (where: string, expected: string): Error =>
    usageFailure(`\`${where}\` in \`${name}\` has to be ${expected}`, HELP);
  if (!isObject(value))
    throw name.endsWith('.json')
      ? usageFailure(`\`${name}\` has to contain an object: the config`, HELP)
      : wrong('default', 'an object: the config');
  for (const key of Object.keys(value)) if (key !== 'gen') throw unknownKey(`\`${name}\``, key, ['gen']);
  const { gen } = value;
  if (!Array.isArray(gen)) throw wrong('gen', 'an array');
  for (const [index, item] of gen.entries()) {
    const where = `gen[${index}]`;
    if (!isObject(item)) throw wrong(where, 'an object');
    if (item['path'] === undefined) throw wrong(`${where}.path`, CHECKS.path[1]);
    for (const [key, part] of Object.entries(item)) {
      if (!isOption(key)) throw unknownKey(`\`${where}\` in \`${name}\``, key, Object.keys(CHECKS));
      if (part !== undefined && !CHECKS[key][0](part)) throw wrong(`${where}.${key}`, CHECKS[key][1]);
    }
  }
  return { gen: gen as GenConfig[] };
}

function unknownKey(where: string, key: string, known: readonly string[]): Error {
  const keys = known.map((each) => `\`${each}\``).join(', ');
  return usageFailure(
    `${where} has an unknown key \`${key}\``,
    `${known.length === 1 ? 'the only key is' : 'the keys are'} ${keys}`,
  );
}

const HELP = 'the type `Config` of `wit-ts/config` describes the config';

function isOption(key: string): key is keyof GenConfig {
  return Object.hasOwn(CHECKS, key);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
