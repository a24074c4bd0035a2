/** How core modules are rewritten: a set of bits, `LIMITED` and `METERED`. */
export type ModuleForm = number;

/** The form of core modules that are not rewritten. */
export const PLAIN: ModuleForm = 0;

/** The bit of a form in which memories and tables ask before they grow. */
export const LIMITED = 1;
/** The bit of a form in which work is counted. */
export const METERED = 2;
