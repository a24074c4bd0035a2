/** The text as prettier writes it by default, so that `prettier --check` has nothing to say in most projects. */
export async function format(text: string): Promise<string> {
  const [prettier, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  return prettier.format(text, { parser: 'typescript', plugins: [typescript.default, estree.default] });
}
