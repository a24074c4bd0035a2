import { isLowerLabel, keywords, parseQualifiedName } from '@wit-ts/model';
import path from 'node:path';
import { usageFailure } from '../failure.ts';

/** The names in a new project, in lower case, so that they can also name files and an npm package. */
export interface ProjectNames {
  readonly namespace: string;
  readonly package: string;
  readonly world: string;
}

const LONGEST = 64;

/**
 * Reads the option `--world`: `greeter`, or `acme:tools/greeter` with the package of the world. Without it, the
 * directory names the world.
 *
 * @throws Failure if WIT allows no such name
 */
export function projectNames(directory: string, given: string | undefined): ProjectNames {
  if (given === undefined) return namesFrom(directory);
  const qualified = parseQualifiedName(given);
  if (qualified === undefined || qualified.package.version !== undefined) {
    checkName(given, `--world ${given}`);
    return { namespace: 'example', package: given, world: given };
  }
  const { namespace, name } = qualified.package;
  for (const part of [namespace, name, qualified.item]) checkName(part, `--world ${given}`);
  return { namespace, package: name, world: qualified.item };
}

function namesFrom(directory: string): ProjectNames {
  const base = path.basename(directory);
  const world = base
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^[^a-z]+|-+$/gu, '');
  if (!isName(world))
    throw usageFailure(
      `the directory \`${base}\` cannot name the world`,
      'choose a name for it with `--world`, like `--world greeter`',
    );
  return { namespace: 'example', package: world, world };
}

function checkName(name: string, shown: string): void {
  if (isName(name)) return;
  const reason = keywords.has(name) ? 'is a keyword of WIT' : 'is not a name in WIT';
  throw usageFailure(
    `${shown}: \`${name}\` ${reason}`,
    'use words of lower case letters and digits, with hyphens between them: greeter, acme:tools/word-count',
  );
}

function isName(text: string): boolean {
  return text.length <= LONGEST && isLowerLabel(text) && !keywords.has(text);
}
