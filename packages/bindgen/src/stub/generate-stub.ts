import { withoutPrototype, type Resolve, type World } from '@wit-ts/model';
import { withBlankLines } from '../layout/lay-out.ts';
import { lineComment } from '../doc-comment.ts';
import type { GeneratedFile, GenerateOptions } from '../generate.ts';
import { findWorld, moduleLayoutOf } from '../module-layout-of.ts';
import type { Module } from '../module-layout.ts';
import { stringLiteral } from '../printable.ts';
import { guestStub } from './guest-stub.ts';
import { hostStub } from './host-stub.ts';

/** The options of `generateStub`: those of the generated files that it imports. */
export interface StubOptions extends GenerateOptions {
  /** The path from the skeleton to the directory of the generated files: `./generated`. */
  readonly bindings: string;
}

/**
 * Generates the skeleton of a host, or of a guest: one file, to be written further by hand, whose functions throw `not
 * implemented`. It imports the files that `generate` makes with the same options, and type-checks against them.
 *
 * @returns the file; its path is `NAME-host.ts` or `NAME-guest.ts`
 * @throws what `generate` throws
 */
export async function generateStub(
  resolve: Resolve,
  world: World | string,
  options: StubOptions,
): Promise<GeneratedFile> {
  const own: StubOptions = withoutPrototype(options);
  const { side = 'host', importExtension = '.js', bindings } = own;
  const chosen = typeof world === 'string' ? findWorld(resolve, world) : world;
  const layout = moduleLayoutOf(resolve, chosen, own);
  const isHost = side === 'host';
  const file = isHost ? hostStub(layout, own.typesOnly === true) : guestStub(layout);
  const specifierOf = (from: string | Module): string => {
    if (typeof from === 'string') return from;
    return isHost ? hostSpecifier(from, bindings, importExtension) : from.specifier;
  };
  const text = file.finish(specifierOf, { reopens: true });
  const heading = lineComment(`The ${side} of ${layout.world.subject}, begun by wit-ts. Yours to change.`);
  const reference = isHost
    ? ''
    : `/// <reference path=${stringLiteral(`${bindings}/${layout.world.path}.d.ts`)} />\n`;
  const isModule = /^(?:import|export) /mu.test(text);
  const content = withBlankLines([`${heading}${reference}`, isModule ? text : 'export {};\n']);
  return { path: `${layout.world.path}-${side}.ts`, content };
}

function hostSpecifier({ path, external }: Module, bindings: string, extension: string): string {
  if (external === undefined) return `${bindings}/${path}${extension}`;
  return external.startsWith('.') ? `${bindings}/${external.replace(/^\.\//u, '')}` : external;
}
