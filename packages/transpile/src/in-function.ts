import { parseSync } from 'rolldown/utils';

/**
 * Puts the code of a module into a function, except its imports and exports. V8 then makes some calls up to 15% faster
 * than when the functions that they use are at the top of a module (measured on V8 14).
 *
 * @param code a module whose exports are in one list
 */
export function inFunction(code: string): string {
  const { program } = parseSync('module.js', code);
  const imports: string[] = [];
  const rest: string[] = [];
  let list = '';
  let names: readonly string[] = [];
  for (const node of program.body) {
    const text = code.slice(node.start, node.end);
    if (node.type === 'ImportDeclaration') imports.push(text);
    else if (node.type === 'ExportNamedDeclaration' && node.source === null && node.declaration === null) {
      list = text;
      names = node.specifiers.map(({ local }) => ('name' in local ? local.name : ''));
    }
    // Anything else stays as it is: a function cannot wait.
    else if (node.type.startsWith('Export') || mayWait(node)) return code;
    else rest.push(text);
  }
  const exported = [...new Set(names)].join(', ');
  return [
    ...imports,
    `const { ${exported} } = (() => {`,
    ...rest,
    `return { ${exported} };`,
    '})();',
    list,
    '',
  ].join('\n');
}

/** Returns true for a statement that waits when the module is loaded: `const exported = await instantiate()`. */
function mayWait(node: object): boolean {
  return (
    'declarations' in node &&
    Array.isArray(node.declarations) &&
    node.declarations.some(
      ({ init }: { readonly init: { readonly type: string } | null }) => init?.type === 'AwaitExpression',
    )
  );
}
