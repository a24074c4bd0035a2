import type { Docs, Stability } from '@wit-ts/model';
import type { Component } from '../ast.ts';

/**
 * What the binary form of a package cannot say is kept beside it as JSON, in the custom section `package-docs`: a byte
 * for the version of its format, then an object that mirrors worlds, interfaces and their members.
 */
export class PackageDocs {
  readonly #json: Json;

  constructor(json: Json) {
    this.#json = json;
  }

  static of(component: Component): PackageDocs {
    const section = component.customSections.find((custom) => custom.name === 'package-docs');
    const [version = 0xff] = section?.bytes ?? [];
    // A section that cannot be understood costs the documentation, not the world.
    if (section === undefined || version > 1) return new PackageDocs(undefined);
    try {
      return new PackageDocs(JSON.parse(new TextDecoder().decode(section.bytes.subarray(1))) as Json);
    } catch {
      return new PackageDocs(undefined);
    }
  }

  /** The member of a member, such as `at('interfaces', 'types')`. */
  at(...path: readonly string[]): PackageDocs {
    let json = this.#json;
    for (const key of path) json = member(json, key);
    return new PackageDocs(json);
  }

  get isEmpty(): boolean {
    return this.#json === undefined;
  }

  /** Documentation and stability, in the form that items of the model take them. */
  get notes(): { docs?: Docs; stability?: Stability } {
    // The first format kept nothing but the text of functions' documentation.
    const text = typeof this.#json === 'string' ? this.#json : member(this.#json, 'docs');
    const stability = stabilityOf(member(this.#json, 'stability'));
    return {
      ...(typeof text === 'string' ? { docs: { contents: text } } : {}),
      ...(stability ? { stability } : {}),
    };
  }

  /** The documentation alone, for items without their own stability. */
  get docs(): { docs?: Docs } {
    const { docs } = this.notes;
    return docs === undefined ? {} : { docs };
  }

  /** An entry that is itself a stability. */
  get stability(): { stability?: Stability } {
    const stability = stabilityOf(this.#json);
    return stability === undefined ? {} : { stability };
  }
}

type Json = unknown;

function member(json: Json, key: string): Json {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, key)
    ? (json as Record<string, Json>)[key]
    : undefined;
}

function stabilityOf(json: Json): Stability | undefined {
  const stable = member(json, 'stable');
  const unstable = member(json, 'unstable');
  const deprecated = member(stable ?? unstable, 'deprecated');
  const tail = typeof deprecated === 'string' ? { deprecated } : {};
  const since = member(stable, 'since');
  if (typeof since === 'string') return { tag: 'stable', since, ...tail };
  const feature = member(unstable, 'feature');
  return typeof feature === 'string' ? { tag: 'unstable', feature, ...tail } : undefined;
}
