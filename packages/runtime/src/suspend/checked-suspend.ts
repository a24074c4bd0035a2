import { withoutPrototype } from '@wit-ts/model';

/** All functions, or those with these names. */
export type WaitingNames = true | readonly string[];

/** The option `suspend` in one form. */
export interface CheckedSuspend {
  readonly imports: WaitingNames;
  /** The exports that return promises; absent for those that can reach one of the imports. */
  readonly exports: WaitingNames | undefined;
  /** False for the form that generated code gives. */
  readonly isOfUser: boolean;
}

/** Reads the option `suspend`, each part once. @throws TypeError when it is not one */
export function checkedSuspend(given: unknown): CheckedSuspend {
  if (given === true || Array.isArray(given)) {
    return { imports: namesIn(given, 'suspend'), exports: undefined, isOfUser: true };
  }
  if (typeof given !== 'object' || given === null || !Object.hasOwn(given, 'imports')) throw wrong('suspend');
  const { imports, exports } = withoutPrototype({ ...given }) as { imports?: unknown; exports?: unknown };
  return {
    imports: namesIn(imports, 'suspend.imports'),
    exports: exports === undefined ? undefined : namesIn(exports, 'suspend.exports'),
    isOfUser: false,
  };
}

function namesIn(given: unknown, path: string): WaitingNames {
  if (given === true) return true;
  if (!Array.isArray(given)) throw wrong(path);
  const names = Array.from(given as readonly unknown[]);
  if (names.every((name) => typeof name === 'string')) return names;
  throw wrong(path);
}

function wrong(path: string): TypeError {
  return new TypeError(
    `\`options.${path}\`: expected true or a list of names of functions, such as ['wasi:io/poll#poll']`,
  );
}
