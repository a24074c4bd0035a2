/** How core modules are rewritten: a set of bits, which `limited-modules.ts` has. */
export type ModuleForm = number;

/** The form of core modules that are not rewritten. */
export const PLAIN: ModuleForm = 0;
