import { faultTexts } from '@wit-ts/component/fault-texts';

/** The messages of the faults that a planner finds, by code. */
export const planTexts = {
  ...faultTexts,
  'no-core-export': (name: string, instance: number, sort: string) =>
    `core instance ${instance} exports no ${sort} \`${name}\``,
  'wrong-core-sort': (sort: string) => `a core instance cannot export a core ${sort}`,
  'no-argument': (name: string, sort: string) =>
    `the instantiation gives no ${sort} for the import \`${name}\``,
  'value-definition': () =>
    'the component uses values or a start function, which the shipped specification does not have',
  'value-import': (path: string) =>
    `import \`${path}\` is a value, which the shipped specification does not have`,
};

export type PlanTexts = typeof planTexts;
