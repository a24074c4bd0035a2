import type { Plugin } from 'rolldown';

/**
 * Takes `node:fs` out of a module's imports. For an import, Node reads every property of the module, of which some load
 * streams and `fs/promises`: 34 modules, a tenth of the time in which Node itself starts. `require` reads none of them.
 */
export const leanFileSystem: Plugin = {
  name: 'lean-file-system',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = withoutImport(chunk.code);
    }
  },
};

/** Replaces the import in the code of a bundle. A line stays a line, so that source maps stay right. */
export function withoutImport(code: string): string {
  return code.replace(
    /^import \{([^{}*]*)\} from "node:fs";$/mu,
    (_, names: string) =>
      `import { createRequire as requireOf } from "node:module"; const {${names.replaceAll(/ as /gu, ': ')}} = requireOf(import.meta.url)("node:fs");`,
  );
}
