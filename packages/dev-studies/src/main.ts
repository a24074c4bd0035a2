import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '@wit-ts/dev-support/workspace';
import { format, resolveConfig } from 'prettier';
import { assignability } from './jco-types/assignability.ts';
import { compareEngines } from './abi/compare-engines.ts';
import { componentStudies } from './components/studies.ts';
import { withFigures } from './figures-in-page.ts';
import { mappingLaw } from './mapping/mapping-law.ts';
import { growth } from './growth/growth.ts';
import { randomWorlds } from './random-worlds/random-worlds.ts';
import { schedules } from './schedules/schedules.ts';
import { staticSizes } from './static/static-sizes.ts';
import type { Study } from './study.ts';
import { diagnostics } from './wit/diagnostics-page.ts';
import { generatedWorlds } from './wit/generated-worlds.ts';
import { meaning, mutation } from './wit/mutation-studies.ts';
import { shippedWit } from './wit/shipped-wit.ts';
import { genSpeed } from './wit/gen-speed.ts';
import { typesSize } from './wit/types-size.ts';
import { witSpeed } from './wit/wit-speed.ts';

/** `pnpm study`: exit code 0 when everything holds that must hold, 1 when something does not, 2 for wrong usage. */

/** The studies by name. */
const studies: ReadonlyMap<string, Study> = new Map(
  [
    shippedWit,
    mutation,
    meaning,
    witSpeed,
    genSpeed,
    typesSize,
    assignability,
    generatedWorlds,
    diagnostics,
    compareEngines,
    mappingLaw,
    growth,
    schedules,
    randomWorlds,
    staticSizes,
    ...componentStudies,
  ].map((study) => [study.name, study]),
);

const USAGE = `Usage: pnpm study NAME [--write] [--json FILE] [--count N] [--seed N]
                        [--specification PATH]

Runs a study: an experiment with many inputs. Prints its figures as Markdown.

${[...studies.values()].map(({ name, question }) => `  ${name.padEnd(16)} ${question}`).join('\n')}

  --write          write the figures into the documentation page of the study
  --json FILE      write everything that was measured as JSON
  --count N        how many random inputs to try
  --seed N         the seed of the random numbers (default: 1)
  --specification PATH
                   the sources of the component model's specification, for \`schedules\`
                   (default: the environment variable WIT_TS_SPECIFICATION)
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
      specification: { type: 'string' },
    },
  });
  const study = studies.get(positionals[0] ?? '');
  if (study === undefined || positionals.length > 1) {
    if (positionals.length > 0) process.stderr.write(`no study is named \`${positionals.join(' ')}\`\n\n`);
    process.stderr.write(USAGE);
    return 2;
  }
  const { count, json, specification } = values;
  const findings = await study.run({
    seed: Number(values['seed'] ?? 1),
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(typeof specification === 'string' && { specification }),
  });
  process.stdout.write(`${findings.markdown}\n`);
  if (typeof json === 'string') await writeFile(json, `${JSON.stringify(findings.data, undefined, 1)}\n`);
  if (values['write'] === true) {
    const path = join(root, study.page ?? 'docs/studies.md');
    const page = withFigures(await readFile(path, 'utf8'), study.name, findings.markdown);
    await writeFile(path, await format(page, { ...(await resolveConfig(path)), filepath: path }));
  }
  return findings.failed ? 1 : 0;
}
