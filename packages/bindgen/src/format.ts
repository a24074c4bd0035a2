/**
 * Formats TypeScript as prettier does by default, so that `prettier --check` accepts the file in most projects.
 *
 * @param hasInlineObjects whether types may contain object types without a name: prettier keeps those open that it
 *   broke, and may then lay out differently what is around them, so that it has to see its own output
 */
export async function formatTypeScript(text: string, hasInlineObjects = false): Promise<string> {
  const [prettier, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  const format = (code: string): Promise<string> =>
    prettier.format(code, {
      parser: 'typescript',
      plugins: [typescript.default, estree.default],
      // Without a name of a file, prettier looks for JSX in the whole text again from each line of it.
      filepath: 'generated.ts',
    });
  const formatted = await format(text);
  return hasInlineObjects ? format(formatted) : formatted;
}
