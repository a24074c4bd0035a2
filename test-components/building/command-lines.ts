import type { Recipe } from '../recipes.ts';
import { inTestComponents } from './paths.ts';
import { findClang, findRust, findRustForWasi, type Toolchain } from './toolchains.ts';

/** The languages that a compiler of the machine translates. The others need only the assembler. */
type CompiledLanguage = Exclude<Recipe['language'], 'wat' | 'wat-wasip1' | 'component' | 'dummy'>;

const assembledLanguages: ReadonlySet<Recipe['language']> = new Set([
  'wat',
  'wat-wasip1',
  'component',
  'dummy',
]);

/** Returns true if the recipe needs a compiler. */
export function isCompiled(
  recipe: Recipe,
): recipe is Recipe & { readonly language: CompiledLanguage; readonly source: string } {
  return !assembledLanguages.has(recipe.language) && recipe.source !== undefined;
}

/** Finds the compiler for a language. */
export function compilerFor(language: CompiledLanguage): Toolchain {
  switch (language) {
    case 'rust':
      return findRust();
    case 'rust-wasip1':
    case 'rust-reactor':
      return findRustForWasi();
    case 'c':
    case 'c-wasip1':
    case 'c-reactor':
    case 'wasi-command':
      return findClang();
  }
}

/** Returns the arguments with which a compiler writes the core module of a recipe to the file `output`. */
export function compilerArguments(
  recipe: Recipe & { readonly language: CompiledLanguage; readonly source: string },
  target: string,
  output: string,
): string[] {
  const files = [inTestComponents(recipe.source), '-o', output];
  const level = recipe.optimise === 'speed' ? '3' : 's';
  switch (recipe.language) {
    case 'rust':
      return [...rustOptions(target, 'cdylib', level, 16_384), ...files];
    case 'rust-reactor':
      return [...rustOptions(target, 'cdylib', level, 65_536), ...files];
    case 'rust-wasip1':
      return [...rustOptions(target, 'bin', level, 65_536), ...files];
    case 'c':
      return [...clangOptions(target), '-nostartfiles', ...clangLibrary, ...files];
    case 'c-reactor':
      return [...clangOptions(target), '-D_GNU_SOURCE', '-mexec-model=reactor', ...clangReactor, ...files];
    case 'c-wasip1':
    case 'wasi-command':
      return [...clangOptions(target), '-D_GNU_SOURCE', ...clangProgram, ...files];
  }
}

function rustOptions(
  target: string,
  crateType: 'bin' | 'cdylib',
  level: string,
  stackSize: number,
): string[] {
  const options = [
    `opt-level=${level}`,
    'panic=abort',
    'lto=fat',
    'strip=symbols',
    `link-arg=-zstack-size=${stackSize}`,
  ];
  return [
    '--edition=2021',
    `--target=${target}`,
    `--crate-type=${crateType}`,
    '--deny=warnings',
    `--remap-path-prefix=${inTestComponents('.')}=.`,
    ...options.flatMap((option) => ['-C', option]),
  ];
}

const clangLibrary = ['-Wl,--no-entry,--strip-all,-z,stack-size=16384'];
const clangReactor = ['-Wl,--strip-all,-z,stack-size=65536'];
const clangProgram = ['-Wl,--strip-all,-z,stack-size=16384'];

function clangOptions(target: string): string[] {
  return [`--target=${target}`, '-std=c17', '-Oz', '-Wall', '-Wextra', '-Werror'];
}
