import { parse, type Ast } from '@wit-ts/wit';
import type { WitPackage } from './wit-packages.ts';
import { inputOf } from './wit-packages.ts';

/** A file of a package, and the text that makes it independent of other files. */
export interface SelfContainedFile {
  readonly name: string;
  /** The text of the file, which is mutated. */
  readonly text: string;
  /** A package header if the file has none. */
  readonly before: string;
  /** The package's other files, its dependencies as nested packages, and a world that imports all interfaces. */
  readonly after: string;
}

/** The name of the added world. The reference checks only what a world needs. */
export const STUDY_WORLD = 'study-of-mutants';

/** Returns the files of a package as self-contained files. */
export function selfContainedFiles(one: WitPackage, all: readonly WitPackage[]): SelfContainedFile[] {
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
