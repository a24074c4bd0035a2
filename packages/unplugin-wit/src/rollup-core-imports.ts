import { CORE_SCHEME, relativeSpecifier } from './core-specifier.ts';
import { needsModules, type BundlerError } from './report.ts';

/** What Rollup and its relatives call an import that stays an import. */
export interface ExternalCore {
  readonly id: string;
  readonly external: true;
  readonly moduleSideEffects: false;
}

/** The part of the context of a plugin that is used when a chunk is written. */
interface ChunkContext {
  getFileName(reference: string): string;
  error(error: BundlerError): never;
}

const IMPORTS = /(?<=(["']))unplugin-wit:([^"'\\]+)(?=\1)/gu;

/**
 * Returns the specifier of a core module for as long as the name of its file is unknown: names have hashes, and paths
 * depend on the folder of the chunk. @param reference of the emitted file
 */
export function coreSpecifier(reference: string): string {
  return CORE_SCHEME + reference;
}

/** The hooks of Rollup, Rolldown and Vite that keep imports of core modules in a bundle for workerd. */
export const coreImports = {
  resolveId: (id: string): ExternalCore | null =>
    id.startsWith(CORE_SCHEME) ? { id, external: true, moduleSideEffects: false } : null,

  renderChunk(
    this: unknown,
    code: string,
    { fileName }: { readonly fileName: string },
    { format }: { readonly format: string },
  ): { readonly code: string; readonly map: null } | null {
    if (!code.includes(CORE_SCHEME)) return null;
    const context = this as ChunkContext;
    if (format !== 'es') return context.error({ message: needsModules('`output.format` to `es`') });
    const text = code.replaceAll(IMPORTS, (_whole, _quote, reference: string) =>
      relativeSpecifier(fileName, context.getFileName(reference)),
    );
    // Each import is a line of its own, so no other code moves.
    return { code: text, map: null };
  },
};
