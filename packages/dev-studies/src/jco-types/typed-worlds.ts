import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generate } from '@wit-ts/bindgen';
import { installPeers, peerPath } from '@wit-ts/dev-peers';
import type { SourceText } from '@wit-ts/dev-support/compile-strictly';
import { root } from '@wit-ts/dev-support/workspace';
import { hasErrors } from '@wit-ts/diagnostics';
import { qualifiedName, type Resolve, type World } from '@wit-ts/model';
import { print, resolve as resolveWit } from '@wit-ts/wit';
import { load } from '@wit-ts/wit/node';
import { allWitPackages, inputOf, modernized } from '../wit/wit-packages.ts';

/** A world for which wit-ts and jco generate types for hosts. */
export interface TypedWorld {
  /** Where it is from, and its name. */
  readonly name: string;
  readonly world: World;
  readonly ours: readonly SourceText[];
  /** The first file is that of the world, in the form whose instances take their imports from the host. */
  readonly jco: readonly SourceText[];
}

/** A world that one of the two cannot generate. */
export interface UntypedWorld {
  readonly name: string;
  readonly reason: string;
}

interface JcoTypes {
  generateHostTypes(path: string, options: object): Promise<Readonly<Record<string, Uint8Array>>>;
}

/** A package whose worlds are generated. */
interface Input {
  readonly name: string;
  /** A file or directory that jco reads. */
  readonly path: string;
  readonly resolve: Resolve;
  readonly worlds: readonly World[];
}

/** Generates types for every world of the corpus and of the npm packages. @param folder for files that jco reads */
export async function typedWorlds(folder: string): Promise<readonly (TypedWorld | UntypedWorld)[]> {
  await installPeers();
  const module = pathToFileURL(peerPath('@bytecodealliance/jco-transpile/dist/index.js')).href;
  const jco = (await import(module)) as JcoTypes;
  const inputs = [...(await corpusInputs()), ...(await npmInputs(folder))];
  const all: (TypedWorld | UntypedWorld)[] = [];
  for (const { name, path, resolve, worlds } of inputs)
    for (const world of worlds) all.push(await typedWorld(jco, name, path, resolve, world));
  return all;
}

async function typedWorld(
  jco: JcoTypes,
  input: string,
  path: string,
  resolve: Resolve,
  world: World,
): Promise<TypedWorld | UntypedWorld> {
  const worldName = qualifiedName(world.package!.name, world.name);
  const name = `${input}: ${worldName}`;
  let theirs: Readonly<Record<string, Uint8Array>>;
  try {
    theirs = await jco.generateHostTypes(path, { worldName, allFeatures: true, instantiation: 'async' });
  } catch (error) {
    return { name, reason: String(error).split('\n', 1)[0]! };
  }
  const texts = Object.entries(theirs).map(([file, bytes]) => ({
    path: file,
    content: decoder.decode(bytes),
  }));
  return {
    name,
    world,
    ours: await generate(resolve, world, { typesOnly: true }),
    jco: [...texts.filter(isWorldFile), ...texts.filter((text) => !isWorldFile(text))],
  };
}

function isWorldFile(text: SourceText): boolean {
  return !text.path.includes('/');
}

const decoder = new TextDecoder();

async function corpusInputs(): Promise<readonly Input[]> {
  const folder = join(root, '../shared/corpus/wit-parse-pass');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const inputs: Input[] = [];
  for (const name of names.filter((each) => !/\.(?:json|md)$/u.test(each))) {
    const path = join(folder, name);
    const { resolve, diagnostics, package: main } = await load(path, { allFeatures: true });
    if (!hasErrors(diagnostics))
      inputs.push({ name, path, resolve, worlds: [...(main?.worlds.values() ?? [])] });
  }
  return inputs;
}

async function npmInputs(folder: string): Promise<readonly Input[]> {
  const all = (await allWitPackages()).map(modernized);
  const inputs: Input[] = [];
  for (const one of all) {
    const { value, diagnostics } = resolveWit(inputOf(one, all), { allFeatures: true });
    const { resolve, package: main } = value;
    if (main === undefined || main.worlds.size === 0 || hasErrors(diagnostics)) continue;
    const path = join(folder, `${inputs.length}.wit`);
    await writeFile(path, print(resolve, main, { nested: true }));
    inputs.push({ name: one.name, path, resolve, worlds: [...main.worlds.values()] });
  }
  return inputs;
}
