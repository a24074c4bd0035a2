import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { engines } from './abi/engines.ts';
import { componentStudies } from './components/studies.ts';
import { corpus } from './wit/corpus.ts';
import { root } from './directories.ts';
import { withFigures } from './document.ts';
import { diagnostics } from './wit/diagnostics.ts';
import { meaning, mutation } from './wit/mutation.ts';
import type { Study } from './study.ts';
import { speed } from './wit/speed.ts';

/** `pnpm study`: exits with 0 where what ought to hold does, 1 where not, 2 for wrong usage. */

const studies = new Map<string, Study>(
  [corpus, mutation, meaning, speed, diagnostics, engines, ...componentStudies].map((study) => [
    study.name,
    study,
  ]),
);

const USAGE = `Usage: pnpm study NAME [--write] [--json FILE] [--count N] [--seed N]

  NAME         ${[...studies.keys()].join(', ')}
  --write      puts the figures into the study's page, docs/studies.md for most
  --json FILE  writes everything that was measured
  --count N    how many mutants
  --seed N     of the random numbers; 1 where none is given
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    strict: false,
    options: {
      write: { type: 'boolean' },
      json: { type: 'string' },
      count: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const study = studies.get(positionals[0] ?? '');
  if (study === undefined || positionals.length > 1) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { count, json } = values;
  const found = await study.run({
    seed: Number(values['seed'] ?? 1),
    ...(count === undefined ? {} : { count: Number(count) }),
  });
  process.stdout.write(`${found.markdown}\n`);
  if (typeof json === 'string') await writeFile(json, `${JSON.stringify(found.data, undefined, 1)}\n`);
  if (values['write'] === true) {
    const path = join(root, study.page ?? 'docs/studies.md');
    const page = withFigures(await readFile(path, 'utf8'), study.name, found.markdown);
    await writeFile(path, await format(page, { ...(await resolveConfig(path)), filepath: path }));
  }
  return found.failed ? 1 : 0;
}
