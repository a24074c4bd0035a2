import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import type { StudyFindings, Study, StudyOptions } from '../study.ts';
import { checkLaw, type LawResult } from './check-law.ts';

/** The law of the mapping, at scale. */
export const mappingLaw: Study = {
  name: 'mapping',
  question: 'are lifted values of their declared types, and are declared values lowered, by both engines?',
  page: 'packages/mapping/README.md',
  run,
};

/** How many types are tried when `--count` is not given. */
const TYPES = 2_000;
/** How many violations are shown in full. */
const SHOWN = 20;

async function run({ seed, count = TYPES }: StudyOptions): Promise<StudyFindings> {
  const started = performance.now();
  const result = await checkLaw(count, seed);
  const seconds = Math.round((performance.now() - started) / 1000);
  return { markdown: report(result, seed, seconds), failed: result.violations.length > 0, data: result };
}

function report(
  { types, lifted, documented, accepted, drawn, wrong, violations }: LawResult,
  seed: number,
  seconds: number,
): string {
  const rows = [
    ['lifted by an engine, and of the declared type', number(lifted)],
    ['in the documented form, and of the declared type', number(documented)],
    ['in another form that a host may give, of the declared type, and lowered', number(accepted)],
    [
      'drawn, of the declared type, and lowered by both engines to what they stand for',
      number(drawn.declaredAndLowered),
    ],
    [
      'drawn, not of the declared type, and lowered: what lowering accepts beside it',
      number(drawn.loweredOnly),
    ],
    ['drawn, not of the declared type, and refused by both engines', number(drawn.refusedByBoth)],
    ['wrong on purpose, and refused by the compiler', number(wrong)],
  ];
  return [
    `${number(types)} random types (seed ${seed}), compiled in one batch: ${number(violations.length)} violations. ${seconds} s.`,
    '',
    ...markdownTable(['Values', 'Number'], rows),
    ...violations.slice(0, SHOWN).map((violation) => `\n\`\`\`\n${violation}\n\`\`\``),
  ].join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en');
}
