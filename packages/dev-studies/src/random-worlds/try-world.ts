import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { generate, type GeneratedFile } from '@wit-ts/bindgen';
import { componentWorld, decode } from '@wit-ts/component';
import type { Random } from '@wit-ts/dev-support/random';
import { cased, type MappingChoices, worldSurface, type WorldSurfaceMember } from '@wit-ts/mapping';
import { shapeOf, type Func, type Type } from '@wit-ts/model';
import { ComponentError, instantiate, Trap } from '@wit-ts/runtime';
import { transpile } from '@wit-ts/transpile';
import { FORMS } from '../mapping/forms.ts';
import { literalOf } from '../mapping/literals.ts';
import { ValueDrawer } from '../mapping/values.ts';
import { hostOf } from './host-of-world.ts';

/** A value that an export has returned. */
interface ReturnedValue {
  /** The type of the export, as an expression over `Exports`, the type of the exports. */
  readonly type: string;
  /** The value as an expression. */
  readonly literal: string;
}

/** What was found about one world. */
export interface TriedWorld {
  readonly files: readonly GeneratedFile[];
  readonly declarations: readonly GeneratedFile[];
  readonly exportsName: string;
  readonly values: readonly ReturnedValue[];
  readonly functions: number;
  readonly classes: number;
  /** Functions without handles, streams, futures and error contexts, which zeros cannot be. */
  readonly calls: number;
  readonly problems: readonly string[];
}

/** Generates, transpiles and instantiates a component, and calls its exports. @param folder where files are written */
export async function tryWorld(bytes: Uint8Array, folder: string, random: Random): Promise<TriedWorld> {
  const { resolve, world } = componentWorld(decode(bytes));
  const { variants = 'union', ...mapping } = FORMS[bytes.length % FORMS.length]!;
  const files = await generate(resolve, world, { variants, ...mapping });
  const written = await transpile(bytes, { name: 'app', eager: false, mapping });
  for (const { path, content } of written) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const module = (await import(pathToFileURL(join(folder, 'app.js')).href)) as StaticModule;
  const [live, fixed] = [
    await instantiate(bytes, hostOf(world, mapping) as never, { mapping }),
    await module.instantiate(hostOf(world, mapping)),
  ];
  const calls = new ExportCalls(random, mapping);
  await calls.compare(worldSurface(world, undefined, mapping).exports, live, fixed, 'Exports');
  return {
    files,
    declarations: written.flatMap(({ path, content }) =>
      typeof content === 'string' && path.endsWith('.d.ts') ? [{ path, content }] : [],
    ),
    exportsName: /^export (?:interface|type) (\w+Exports)\b/mu.exec(files[0]?.content ?? '')?.[1] ?? '',
    ...calls.found(),
  };
}

interface StaticModule {
  instantiate(imports: object): Promise<object>;
}

/** What a call did. */
type Answer =
  | { readonly tag: 'returned' | 'failed'; readonly value: unknown }
  | { readonly tag: 'trapped' }
  | { readonly tag: 'wrong'; readonly message: string };

class ExportCalls {
  readonly #mapping: MappingChoices;
  readonly #drawer: ValueDrawer;
  readonly #values: ReturnedValue[] = [];
  readonly #problems: string[] = [];
  readonly #counts = { functions: 0, classes: 0, calls: 0 };

  constructor(random: Random, mapping: MappingChoices) {
    this.#mapping = mapping;
    this.#drawer = new ValueDrawer(random, mapping, 0);
  }

  found(): Pick<TriedWorld, 'values' | 'problems' | 'functions' | 'classes' | 'calls'> {
    return { values: this.#values, problems: this.#problems, ...this.#counts };
  }

  /** Compares what the runtime and the static module have under each name, with its declaration and with each other. */
  async compare(
    members: readonly WorldSurfaceMember[],
    live: object,
    fixed: object,
    type: string,
  ): Promise<void> {
    for (const member of members) {
      const { tag, keys } = member;
      // The name of an interface without a package is not declared as WIT has it, because there is another one.
      if (tag === 'object' && !keys[0].includes(':') && keys[0] !== cased(keys[0], this.#mapping)) continue;
      const path = `${type}[${JSON.stringify(keys[0])}]`;
      const both = [live, fixed].map((object): unknown => Reflect.get(object, keys[0]));
      const wanted = tag === 'object' ? 'object' : 'function';
      if (both.some((value) => typeof value !== wanted || value === null)) {
        this.#problems.push(
          `${path}: expected ${wanted}, got ${both.map((value) => typeof value).join(' and ')}`,
        );
        continue;
      }
      const [ours, theirs] = both as [object, object];
      if (tag === 'object') await this.compare(member.members, ours, theirs, path);
      else if (tag === 'class') await this.#compareClass(member, ours, theirs, path);
      else if (tag === 'function') await this.#compareFunction(member.item.type, ours, theirs, path);
    }
  }

  async #compareClass(
    { functions }: WorldSurfaceMember & { readonly tag: 'class' },
    live: object,
    fixed: object,
    path: string,
  ): Promise<void> {
    this.#counts.classes += 1;
    for (const { style, keys, item } of functions) {
      if (style === 'constructor') continue;
      const owners = [live, fixed].map((owner) =>
        style === 'method' ? (Reflect.get(owner, 'prototype') as object) : owner,
      );
      const both = owners.map((owner): unknown => Reflect.get(owner, keys[0]));
      const name = `${path}[${JSON.stringify(keys[0])}]`;
      if (both.some((value) => typeof value !== 'function'))
        this.#problems.push(`${name}: expected a function`);
      else if (style === 'static')
        await this.#compareFunction(item.type, both[0] as object, both[1] as object, name);
      else this.#counts.functions += 1;
    }
  }

  async #compareFunction(func: Func, live: object, fixed: object, path: string): Promise<void> {
    this.#counts.functions += 1;
    const types = [
      ...func.params.map((param) => param.type),
      ...(func.result === undefined ? [] : [func.result]),
    ];
    if (types.some(mentionsHandles)) return;
    this.#counts.calls += 1;
    const args = func.params.map((param) => this.#drawer.draw(param.type).value);
    const answers = [await answerOf(live, args), await answerOf(fixed, args)];
    const [first] = answers;
    if (
      first === undefined ||
      !isDeepStrictEqual(answers[0], answers[1]) ||
      first.tag === 'wrong' ||
      first.tag === 'trapped'
    ) {
      this.#problems.push(`${path}: ${answers.map((answer) => describe(answer)).join(' and ')}`);
    } else if (first.tag === 'returned') {
      this.#values.push({ type: `Awaited<ReturnType<${path}>>`, literal: literalOf(first.value) });
    }
  }
}

async function answerOf(func: object, args: readonly unknown[]): Promise<Answer> {
  try {
    return {
      tag: 'returned',
      value: await (Reflect.apply(func as () => unknown, undefined, args) as unknown),
    };
  } catch (error) {
    if (error instanceof ComponentError) return { tag: 'failed', value: error.payload };
    // The static module has classes of its own.
    if (error instanceof Trap || (error as Error).name === 'Trap') return { tag: 'trapped' };
    return { tag: 'wrong', message: String(error) };
  }
}

function describe(answer: Answer): string {
  if (answer.tag === 'trapped') return 'a trap';
  return answer.tag === 'wrong' ? answer.message : `${answer.tag} ${literalOf(answer.value)}`;
}

/** Whether a type has handles, streams, futures or error contexts in it, which cannot be drawn. */
function mentionsHandles(type: Type): boolean {
  const shape = shapeOf(type);
  if (typeof shape === 'string') return shape === 'error-context';
  switch (shape.tag) {
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      return true;
    case 'record':
      return shape.fields.some((field) => mentionsHandles(field.type));
    case 'variant':
      return shape.cases.some((each) => each.type !== undefined && mentionsHandles(each.type));
    case 'option':
      return mentionsHandles(shape.type);
    case 'result':
      return [shape.ok, shape.err].some((side) => side !== undefined && mentionsHandles(side));
    case 'tuple':
      return shape.types.some(mentionsHandles);
    case 'list':
    case 'fixed-length-list':
      return mentionsHandles(shape.element);
    case 'map':
      return mentionsHandles(shape.key) || mentionsHandles(shape.value);
    default:
      return false;
  }
}
