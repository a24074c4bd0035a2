import { decode } from '@wit-ts/component';
import { freshWasmTools, type WasmTools } from '@wit-ts/dev-peers';

export type Answer<T> =
  | { readonly tag: 'answered'; readonly value: T }
  | { readonly tag: 'refused'; readonly message: string }
  /** The reference broke: it says nothing about the component. */
  | { readonly tag: 'panicked'; readonly message: string };

/** What the reference implementation makes of components, from jco. */
export class ReferenceWit {
  #tools: WasmTools | undefined;

  /** The world of a component: jco's `componentWit`. Interfaces of other packages are mentioned in it, not shown. */
  async worldText(bytes: Uint8Array): Promise<Answer<string>> {
    return this.#ask((tools) => tools.componentWit(bytes));
  }

  /**
   * The same component with every interface renamed into the package `root:component`, whose interfaces `componentWit`
   * shows in full: `wasi:io/poll@0.2.6` is `root:component/wasi-io-poll-0-2-6` there.
   */
  async broughtHome(bytes: Uint8Array): Promise<Answer<Uint8Array>> {
    return this.#ask(async (tools) => {
      const text = await tools.print(bytes);
      return tools.parse(
        text.replaceAll(INTERFACE_NAME, (_, name: string) => `"root:component/${homeName(name)}"`),
      );
    });
  }

  /** A component of a world, whose functions trap. */
  async componentOf(witSource: string, world: string): Promise<Answer<Uint8Array>> {
    return this.#ask(async (tools) =>
      tools.componentNew(await tools.componentEmbed({ witSource, world, dummy: true })),
    );
  }

  /** The type of a world, a `componenttype` in bytes. */
  async worldType(witSource: string, world: string): Promise<Answer<Uint8Array>> {
    return this.#ask(async (tools) => {
      const core = await tools.componentEmbed({ witSource, world, dummy: true });
      const section = typeSection(core);
      const [outer] = decode(section).definitions;
      if (outer?.tag !== 'type' || outer.type.tag !== 'component')
        throw new Error('the section holds no type');
      const at = outer.type.declarations.findIndex(({ tag }) => tag === 'type');
      const [type, next] = [outer.type.declarations[at], outer.type.declarations[at + 1]];
      return section.slice((type?.offset ?? 0) + 1, next?.offset);
    });
  }

  async #ask<T>(question: (tools: WasmTools) => Promise<T>): Promise<Answer<T>> {
    this.#tools ??= await freshWasmTools();
    try {
      return { tag: 'answered', value: await question(this.#tools) };
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        // Its memory is in no state to go on with.
        this.#tools = undefined;
        return { tag: 'panicked', message: error.message };
      }
      const { payload, message } = Object(error) as { payload?: unknown; message?: unknown };
      return { tag: 'refused', message: String(payload ?? message ?? error) };
    }
  }
}

const INTERFACE_NAME = /"((?:[a-z\d-]+:)+[A-Za-z\d-]+\/[A-Za-z\d-]+(?:@[\w.+-]+)?)"/gu;

function homeName(name: string): string {
  return name
    .replaceAll(/[:/@.+_]/gu, '-')
    .replaceAll(/-+/gu, '-')
    .replaceAll(/-([A-Z])(?=[a-z])/gu, '-x$1');
}

/** What `componentEmbed` adds to a core module. */
function typeSection(core: Uint8Array): Uint8Array {
  let at = 8;
  while (at < core.length) {
    const id = core[at];
    const [size, start] = leb(core, at + 1);
    const [length, text] = leb(core, start);
    const name = id === 0 ? new TextDecoder().decode(core.subarray(text, text + length)) : '';
    if (name.startsWith('component-type')) return core.slice(text + length, start + size);
    at = start + size;
  }
  throw new Error('the module has no section with the type of its world');
}

function leb(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0, i = at; ; shift += 7, i += 1) {
    const byte = bytes[i] ?? 0;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, i + 1];
  }
}
