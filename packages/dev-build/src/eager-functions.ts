import { type Plugin, RolldownMagicString } from 'rolldown';
import { type ESTree, parseSync } from 'rolldown/utils';
import type { CalledFunctions } from './called-functions.ts';

/** A function that is declared at the top level of a module, or a method of a class there, with its offsets. */
interface FunctionAtTop {
  /** For a method, the names of its class and of itself: `Counter.count`. */
  readonly name: string;
  readonly start: number;
  /** Where the name ends. */
  readonly nameEnd: number;
  readonly end: number;
  /** Present for a method: the words before `function`, and where the class ends. */
  readonly method?: { readonly keywords: string; readonly classEnd: number };
}

/**
 * Lists the functions that are declared at the top level of a module and are not exported in their declaration, and the
 * public methods of classes there that are not static and do not use `super`.
 */
export function functionsAtTop(code: string): readonly FunctionAtTop[] {
  return parseSync('module.js', code).program.body.flatMap((statement) => {
    if (statement.type === 'FunctionDeclaration' && statement.id) {
      const { id, start, end } = statement;
      return [{ name: id.name, start, nameEnd: id.end, end }];
    }
    if (statement.type === 'ClassDeclaration') return methodsOf(statement, statement.id?.name, code);
    if (statement.type !== 'VariableDeclaration') return [];
    return statement.declarations.flatMap(({ id, init }) =>
      init?.type === 'ClassExpression' && id.type === 'Identifier' ? methodsOf(init, id.name, code) : [],
    );
  });
}

function methodsOf({ body }: ESTree.Class, className: string | undefined, code: string): FunctionAtTop[] {
  return body.body.flatMap((member) => {
    if (member.type !== 'MethodDefinition' || member.kind !== 'method' || member.static || member.computed)
      return [];
    const { key, value, start, end } = member;
    if (key.type !== 'Identifier' || /\bsuper\b/u.test(code.slice(start, end))) return [];
    const keywords = `${value.async ? 'async ' : ''}function${value.generator ? '*' : ''}`;
    const method = { keywords, classEnd: body.end - 1 };
    return [{ name: `${className}.${key.name}`, start, nameEnd: key.end, end, method }];
  });
}

/** Defines methods of a class as the class itself would. */
const DEFINE_METHODS = `var defineMethods$ = (function(prototype, methods) {
\tfor (const name of Object.keys(methods)) Object.defineProperty(prototype, name, { value: methods[name], writable: true, configurable: true });
});
`;

/**
 * Lets the JavaScript engine compile functions when it loads their file: V8 reads other functions twice, first to skip
 * them and again when they are called, each time with a search for what is around them. An expression in parentheses is
 * compiled at once. Those of declared functions come first in the file, so that everything that runs while the file is
 * loaded can call them, as before. Methods are defined at the end of their class.
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

/** Makes expressions of some of the functions that `functionsAtTop` lists. */
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
  const classes = new Set<number>();
  for (const { name, start, nameEnd, end, method } of functionsAtTop(code)) {
    if (!names.has(name)) continue;
    if (method !== undefined) {
      const { keywords, classEnd } = method;
      const key = name.slice(name.indexOf('.') + 1);
      if (classes.size === classes.add(classEnd).size) text.update(start, nameEnd, `${key}: (${keywords}`);
      else text.update(start, nameEnd, `static { defineMethods$(this.prototype, {\n${key}: (${keywords}`);
      text.appendLeft(end, '),\n');
      text.move(start, end, classEnd);
      continue;
    }
    const keywords = code.slice(start, nameEnd - name.length).trimEnd();
    text.update(start, nameEnd, `var ${name} = (${keywords}`);
    text.appendLeft(end, ');\n');
    if (start > first) text.move(start, end, first);
  }
  for (const end of classes) text.appendRight(end, '}); }\n');
  if (classes.size > 0) text.appendLeft(first, DEFINE_METHODS);
  return { code: text.toString(), map: String(text.generateMap({ hires: 'boundary' })) };
}
