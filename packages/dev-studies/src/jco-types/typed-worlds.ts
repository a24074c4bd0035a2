import { generate } from '@wit-ts/bindgen';
import type { SourceText } from '@wit-ts/dev-support/compile-strictly';
import { compatibilityKey, qualifiedName, type Resolve, type World } from '@wit-ts/model';
import { JcoHostTypes } from './jco-host-types.ts';
import { corpusInputs, npmInputs } from '../wit/world-inputs.ts';

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

/** Generates types for every world of the corpus and of the npm packages. @param folder for files that jco reads */
export async function typedWorlds(folder: string): Promise<readonly (TypedWorld | UntypedWorld)[]> {
  const jco = new JcoHostTypes();
  const all: (TypedWorld | UntypedWorld)[] = [];
  for (const { name, path, resolve, worlds } of [...(await corpusInputs()), ...(await npmInputs(folder))])
    for (const world of worlds) all.push(await typedWorld(jco, name, path, resolve, world));
  await jco.close();
  return all;
}

async function typedWorld(
  jco: JcoHostTypes,
  input: string,
  path: string,
  resolve: Resolve,
  world: World,
): Promise<TypedWorld | UntypedWorld> {
  const name = `${input}: ${qualifiedName(world.package!.name, world.name)}`;
  const texts = await jco.generate(path, world, { instantiation: 'async' });
  if (typeof texts === 'string') return { name, reason: texts };
  if (hasCompatibleImports(world))
    return { name, reason: 'jco has one object for several versions of an interface' };
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

function hasCompatibleImports({ imports }: World): boolean {
  const tracks = [...imports.keys()].filter((name) => name.includes('@')).map(compatibilityKey);
  return new Set(tracks).size < tracks.length;
}
