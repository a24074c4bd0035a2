/** Formats TypeScript as prettier does by default, so that `prettier --check` accepts the file in most projects. */
export async function formatTypeScript(text: string): Promise<string> {
  const [prettier, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  return prettier.format(text, {
    parser: 'typescript',
    plugins: [typescript.default, estree.default],
    // Without a name of a file, prettier looks for JSX in the whole text again from each line of it.
    filepath: 'generated.ts',
  });
}
