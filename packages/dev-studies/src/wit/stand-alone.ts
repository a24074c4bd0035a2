import { parse, type Ast } from '@wit-ts/wit';
import type { WitPackage } from './wit-files.ts';
import { inputOf } from './wit-files.ts';

/** A file of a package, with what must stand around it so that it needs nothing else. */
export interface StandAlone {
  readonly name: string;
  /** What is mutated. */
  readonly text: string;
  /** The package's other files, its dependencies as nested packages, and a world that imports all interfaces. */
  readonly before: string;
  readonly after: string;
}

/** The world that is added, for the reference looks at what a world needs. */
export const STUDY_WORLD = 'study-of-mutants';

export function standAlone(one: WitPackage, all: readonly WitPackage[]): StandAlone[] {
  const nested = (inputOf(one, all).dependencies ?? []).map((files) => nestedPackage(files.map(fileText)));
  const names = one.files.flatMap((file) =>
    parse(file).value.items.flatMap((item) => (item.tag === 'interface' ? [item.name.name] : [])),
  );
  const world = `world ${STUDY_WORLD} {\n${names.map((name) => `  import %${name};\n`).join('')}}\n`;
  return one.files.map((file) => {
    const hasHeader = parse(file).value.header !== undefined;
    const others = one.files.filter((other) => other !== file).map((other) => withoutHeader(fileText(other)));
    return {
      name: file.path,
      text: file.text,
      before: hasHeader ? '' : `package ${one.id};\n`,
      after: `\n${[...others, world, ...nested].join('\n')}`,
    };
  });
}

interface Text {
  readonly text: string;
  readonly ast: Ast;
}

function fileText(file: Parameters<typeof parse>[0]): Text {
  const { value } = parse(file);
  return { text: value.file.text, ast: value };
}

function nestedPackage(files: readonly Text[]): string {
  const { header } = files.find(({ ast }) => ast.header !== undefined)!.ast;
  const { start, end } = header!.span;
  const declaration = header!.span.file.text.slice(start, end).replace(/;$/u, '');
  return `${declaration} {\n${files.map(withoutHeader).join('\n')}\n}\n`;
}

function withoutHeader({ text, ast }: Text): string {
  if (ast.header === undefined) return text;
  const { start, end } = ast.header.span;
  return text.slice(0, start) + text.slice(end);
}
