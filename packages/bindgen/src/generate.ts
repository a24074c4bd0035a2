import type { MappingChoices, Side } from '@wit-ts/mapping';
import { withoutPrototype } from '@wit-ts/model';
import type { Interface, Resolve, World } from '@wit-ts/model';
import { mentionsDisposal } from './disposal.ts';
import type { AsyncFunctions } from './async-functions.ts';
import { lineComment } from './doc-comment.ts';
import { withBlankLines } from './layout/lay-out.ts';
import { guestWorldModules, importedInterface, type AmbientModule } from './guest-file.ts';
import type { FileBuilder } from './file-builder.ts';
import { interfaceFile } from './interface-file.ts';
import { findWorld, moduleLayoutOf } from './module-layout-of.ts';
import type { Module, ModuleLayout } from './module-layout.ts';
import { stringLiteral } from './printable.ts';
import { isInterface } from './type-owners.ts';
import type { StaticModuleForm } from './static-module/static-world-file.ts';
import { typesFile } from './static-module/types-file.ts';
import { hostForm, type HostForm } from './instantiate-functions.ts';
import { hostWorldFile } from './world-file.ts';

/** A file to be written. */
export interface GeneratedFile {
  /** Relative to the output directory, with `/`: `interfaces/example-service-processor.ts`. */
  readonly path: string;
  readonly content: string;
}

/**
 * The options of `generate`. The choices of the mapping (`results`, `flags` and `casing`) are for hosts; the generated
 * `instantiate` gives them to the runtime.
 */
export interface GenerateOptions extends MappingChoices {
  /**
   * `host` for the code that runs components of the world, `guest` for the author of a component. `host` by default.
   */
  readonly side?: Side;
  /**
   * The extension with which files of a host import each other. `.js` by default, which every compiler setting
   * understands. The imports are of types only, so they do not exist at run time.
   */
  readonly importExtension?: '.js' | '.ts' | '';
  /**
   * `interfaces` for a file for each interface, which is the default, or `file` for one file with everything. In one
   * file, several types that would have the same name have the name of their interface in front.
   */
  readonly layout?: 'interfaces' | 'file';
  /**
   * For hosts: the modules of yours that have the types of interfaces, so that no file is generated for these. A key is
   * the full name of an interface, with or without its version; a value is the name of a package or module, or a path
   * relative to the output directory that begins with a dot, as imports have it. The module exports the names that the
   * generated file would export.
   */
  readonly map?: Readonly<Record<string, string>>;
  /**
   * For hosts: `union` for the type of an enum alone, which is the default, or `const` for an object of its names
   * beside the type: `Level.Warn` for `'warn'`. The values are the same.
   */
  readonly enums?: 'union' | 'const';
  /**
   * For hosts: `union` for the type of a variant alone, which is the default; `const` for an object of functions beside
   * the type, which make its values: `Filter.some(['a'])`; `class` for a class for each case: `new Filter_Some(['a'])`.
   * Values that a component returns fit these classes, but are not instances of them.
   */
  readonly variants?: 'union' | 'const' | 'class';
  /** For hosts: what the name of each type begins with, as `Wit`. A capital, then letters, digits and `_`. */
  readonly typePrefix?: string;
  /**
   * For hosts: leaves out `instantiate` and the contract, so that the files have types only and nothing is left of them
   * when they are compiled. False by default. The declarations of guests are never more than types.
   */
  readonly typesOnly?: boolean;
  /**
   * For hosts: whether the file of the world has the contract, with which `instantiate` compares a component before it
   * runs. True by default. Without it a component of another world fails in its calls, if at all.
   */
  readonly contract?: boolean;
  /**
   * For hosts: adds `instantiateSync`, which takes a compiled component and returns its exports without a promise.
   * False by default.
   */
  readonly instantiateSync?: boolean;
  /**
   * For hosts: the imports that may return promises although they are synchronous in WIT; the component waits, and its
   * stack is suspended. `true`, or names as `asyncFunctionNames` has them: `poll`, `wasi:io/poll#poll`. The generated
   * `instantiate` gives the names to the runtime.
   */
  readonly asyncImports?: AsyncFunctions;
  /**
   * For hosts: the exports that return promises although they are synchronous in WIT. All of them by default if
   * `asyncImports` is given, because WIT does not say which exports reach which imports; none otherwise.
   *
   * For guests: the exports that may be asynchronous JavaScript functions although they are synchronous in WIT, as
   * componentize-js allows.
   */
  readonly asyncExports?: AsyncFunctions;
  /**
   * The origin in the first line of each file, as `wit/edge-handler.wit`. By default it is the name of the world, or of
   * the interface that the file describes.
   */
  readonly source?: string;
  /**
   * For hosts: declarations of a static module, which `@wit-ts/transpile` writes, instead of files that use the
   * runtime. They import no package. The files are `NAME.d.ts`, `NAME.types.d.ts`, and those of interfaces in
   * `NAME.interfaces/`.
   */
  readonly staticModule?: StaticModuleForm;
}

/**
 * Generates TypeScript for a world; `docs/generated-code.md` shows examples.
 *
 * For a host these are a file for the world, which ends in `instantiate`, and a file for each interface. For a guest
 * they are declarations of the modules that it imports, and the type of its exports. The same world always gives the
 * same text, formatted as prettier does by default.
 *
 * @param resolve the contract that contains the world
 * @param world the world, or its name: `edge-handler` or `example:service/edge-handler@1.0.0`
 * @throws TypeError if the contract does not have the world, if a name in it is not a name of WIT, or if a name in
 *   `asyncImports` or `asyncExports` is not one of an import or export
 * @throws RangeError if an anonymous type is too large to be written out
 */
export async function generate(
  resolve: Resolve,
  world: World | string,
  options: GenerateOptions = {},
): Promise<GeneratedFile[]> {
  const own: GenerateOptions = withoutPrototype(options);
  const { side = 'host', importExtension = '.js', source, staticModule } = own;
  const form = hostForm(own);
  const chosen = typeof world === 'string' ? findWorld(resolve, world) : world;
  const layout = moduleLayoutOf(resolve, chosen, own);
  const texts =
    staticModule !== undefined
      ? staticModuleFiles(layout, chosen, staticModule)
      : side === 'host'
        ? hostFiles(layout, chosen, importExtension, form)
        : guestFiles(layout, chosen, own.layout === 'file');
  return texts.map(({ path, sections, subject }) => {
    const header = lineComment(`@generated by wit-ts from ${source ?? subject}`);
    const lines = side === 'host' ? header : `${header}${SHARED_BY_GUESTS}`;
    return { path, content: withBlankLines([lines, ...sections]) };
  });
}

/**
 * Modules are declared for a whole TypeScript program, in which several guests may declare the same ones, and the
 * compiler takes the first declaration. Only classes and aliases would be reported as duplicates, and there is no other
 * way to say that they are the same.
 */
const SHARED_BY_GUESTS = lineComment('@ts-nocheck: two guests in one program may declare the same modules');

/** A file without its first lines. */
interface Draft extends Pick<GeneratedFile, 'path'> {
  readonly subject: string;
  /** Its parts, with a blank line between them. Each is empty or ends with a line break. */
  readonly sections: readonly string[];
}

function staticModuleFiles(layout: ModuleLayout, world: World, form: StaticModuleForm): Draft[] {
  const types = `${form.name}.types`;
  const pathOf = (module: Module): string =>
    module === layout.world ? form.name : `${form.name}.${module.path}`;
  const used = new Set<string>();
  const files = [
    { module: layout.world, file: hostWorldFile(layout, world, form) },
    ...layout.interfaces.map((module) => ({
      module,
      file: interfaceFile(layout, module, ownInterface(module)),
    })),
  ].filter(({ file }) => !file.isEmpty);
  const drafts = files.map(({ module, file }): Draft => {
    const path = pathOf(module);
    for (const { from, name } of file.imported) if (typeof from === 'string') used.add(name);
    const content = file.finish(
      (from) => `${relativePath(path, typeof from === 'string' ? types : pathOf(from))}.js`,
    );
    return { path: `${path}.d.ts`, subject: module.subject, sections: withLibrary(content) };
  });
  return [
    ...drafts,
    { path: `${types}.d.ts`, subject: layout.world.subject, sections: withLibrary(typesFile(used, form)) },
  ];
}

/** Brings the library of TypeScript that declares disposal, if the declarations need it. */
function withLibrary(text: string): readonly string[] {
  return mentionsDisposal(text) || /\b(?:Async)?Disposable\b|\bSymbol\.dispose\b/u.test(text)
    ? ['/// <reference lib="esnext.disposable" />\n', text]
    : [text];
}

function hostFiles(layout: ModuleLayout, world: World, extension: string, form: HostForm): Draft[] {
  // Each file is finished before the next is begun, so that the parts of one are in memory, and not those of all.
  const drafts = (module: Module, file: FileBuilder): Draft[] =>
    file.isEmpty
      ? []
      : [
          {
            path: `${module.path}.ts`,
            subject: module.subject,
            sections: [file.finish((from) => specifierIn(module, from, extension))],
          },
        ];
  const interfaces = layout.interfaces.flatMap((module) =>
    module.isInWorldFile ? [] : drafts(module, interfaceFile(layout, module, ownInterface(module))),
  );
  const worldFile = hostWorldFile(layout, world, form, (file) => {
    for (const module of layout.interfaces)
      if (module.isInWorldFile) interfaceFile(layout, module, ownInterface(module), file);
  });
  return [...drafts(layout.world, worldFile), ...interfaces];
}

function specifierIn(file: Module, from: string | Module, extension: string): string {
  if (typeof from === 'string') return from;
  if (from.external === undefined) return `${relativePath(file.path, from.path)}${extension}`;
  // A path of the user is relative to the output directory.
  const isInFolder = from.external.startsWith('.') && file.path.includes('/');
  return isInFolder ? `../${from.external.replace(/^\.\//u, '')}` : from.external;
}

function guestFiles(layout: ModuleLayout, world: World, isOneFile: boolean): Draft[] {
  const files = layout.interfaces.flatMap((module) => {
    const write = module.role === 'received' ? importedInterface : interfaceFile;
    const file = write(layout, module, ownInterface(module));
    return file.isEmpty
      ? []
      : [
          {
            path: `${module.path}.d.ts`,
            subject: module.subject,
            sections: [ambient({ specifier: module.specifier, file }), reexport(module)],
          },
        ];
  });
  const path = `${layout.world.path}.d.ts`;
  const others = isOneFile ? [] : files;
  const references = others
    .map((file) => `/// <reference path=${stringLiteral(relativePath(path, file.path))} />\n`)
    .join('');
  const modules = guestWorldModules(layout, world).filter(({ file }) => !file.isEmpty);
  const texts = [...modules.map(ambient), ...(isOneFile ? files.flatMap(({ sections }) => sections) : [])];
  // The declarations bring the library of TypeScript that declares `Symbol.dispose`, so that no project needs to name
  // it.
  const disposes = [...texts, ...files.flatMap(({ sections }) => sections)].some(mentionsDisposal);
  const library = disposes ? '/// <reference lib="esnext.disposable" />\n' : '';
  return [
    { path, subject: layout.world.subject, sections: [`${library}${references}`, ...texts] },
    ...others,
  ];
}

/** Declares an exported interface under its plain name, too. */
function reexport({ specifier, plainSpecifier }: Module): string {
  if (plainSpecifier === undefined) return '';
  return `declare module ${stringLiteral(plainSpecifier)} {\n  export * from ${stringLiteral(specifier)};\n}\n`;
}

function ambient({ specifier, file, docs = '' }: AmbientModule): string {
  const body = file.finish((from) => (typeof from === 'string' ? from : from.specifier), {
    depth: 1,
    reopens: true,
  });
  return `${docs}declare module ${stringLiteral(specifier)} {\n${body}}\n`;
}

/** Returns the path from one generated file to another; both are at the root of the output or in a folder of it. */
function relativePath(from: string, to: string): string {
  const folder = from.includes('/') ? from.slice(0, from.indexOf('/') + 1) : '';
  if (folder === '') return `./${to}`;
  return to.startsWith(folder) ? `./${to.slice(folder.length)}` : `../${to}`;
}

function ownInterface(module: Module): Interface {
  if (isInterface(module.owner)) return module.owner;
  throw new TypeError(`${module.key} is a world, not an interface`);
}
