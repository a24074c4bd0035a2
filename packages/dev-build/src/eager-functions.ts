import { type Plugin, RolldownMagicString } from 'rolldown';
import { parseSync } from 'rolldown/utils';
import type { CalledFunctions } from './called-functions.ts';

/** A function that is declared at the top level of a module, with its offsets in the text. */
interface FunctionAtTop {
  readonly name: string;
  readonly start: number;
  /** Where the name ends. */
  readonly nameEnd: number;
  readonly end: number;
}

/** Lists the functions that are declared at the top level of a module and are not exported in their declaration. */
export function functionsAtTop(code: string): readonly FunctionAtTop[] {
  return parseSync('module.js', code).program.body.flatMap((statement) =>
    statement.type === 'FunctionDeclaration' && statement.id
      ? [{ name: statement.id.name, start: statement.start, nameEnd: statement.id.end, end: statement.end }]
      : [],
  );
}

/**
 * Lets the JavaScript engine compile functions when it loads their file: V8 reads other functions twice, first to skip
 * them and again when they are called, each time with a search for what is around them. An expression in parentheses is
 * compiled at once. The expressions come first in the file, so that everything that runs while the file is loaded can
 * call them, as it can call declared functions.
 *
 * @param called the functions by the names of the files
 */
export function eagerFunctions(called: CalledFunctions): Plugin {
  return {
    name: 'eager-functions',
    renderChunk(code, { fileName }) {
      const names = called.get(fileName);
      return names === undefined ? null : withEagerFunctions(code, names);
    },
  };
}

/** Makes expressions of some functions that are declared at the top level. */
export function withEagerFunctions(
  code: string,
  names: ReadonlySet<string>,
): { readonly code: string; readonly map: string } {
  const text = new RolldownMagicString(code);
  const imports = parseSync('module.js', code).program.body.findLast(
    ({ type }) => type === 'ImportDeclaration',
  );
  const first = imports?.end ?? 0;
  if (imports) text.appendLeft(first, '\n');
  for (const { name, start, nameEnd, end } of functionsAtTop(code)) {
    if (!names.has(name)) continue;
    const keywords = code.slice(start, nameEnd - name.length).trimEnd();
    text.update(start, nameEnd, `var ${name} = (${keywords}`);
    text.appendLeft(end, ');\n');
    if (start > first) text.move(start, end, first);
  }
  return { code: text.toString(), map: String(text.generateMap({ hires: 'boundary' })) };
}
