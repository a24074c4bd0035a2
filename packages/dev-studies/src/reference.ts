import { decode } from '@wit-ts/component';
import { freshWasmTools, type WasmTools } from '@wit-ts/dev-peers';
import { answeringModule } from './random-worlds/answering-module.ts';
import { readUnsignedLeb128, wasmSections } from '@wit-ts/dev-support/wasm-sections';

/** What the reference implementation answers to a question. */
export type ReferenceAnswer<T> =
  | { readonly tag: 'accepted'; readonly value: T }
  | { readonly tag: 'rejected'; readonly message: string }
  /** The reference crashed, which says nothing about its input. */
  | { readonly tag: 'panicked'; readonly message: string };

/** The reference implementation: the wasm-tools inside jco. */
export class Reference {
  #tools: WasmTools | undefined;

  /**
   * Resolves WIT text and makes a component of a world in it. Without a name, the text must contain exactly one world.
   */
  async acceptsWit(witSource: string, world: string | undefined): Promise<ReferenceAnswer<void>> {
    return this.#ask(async (tools) => {
      // The declarations in dev-peers do not contain `features`.
      const features = { tag: 'all' };
      const options = { witSource, dummy: true, features, ...(world === undefined ? {} : { world }) };
      await tools.componentNew(await tools.componentEmbed(options));
    });
  }

  /** Returns the world of a component as text. It names interfaces of other packages without showing their contents. */
  async worldText(bytes: Uint8Array): Promise<ReferenceAnswer<string>> {
    return this.#ask((tools) => tools.componentWit(bytes));
  }

  /**
   * Returns the same component with all interfaces renamed into the package `root:component`, because `worldText` shows
   * the contents of that package: `wasi:io/poll@0.2.6` becomes `root:component/wasi-io-poll-0-2-6`.
   */
  async withLocalInterfaces(bytes: Uint8Array): Promise<ReferenceAnswer<Uint8Array>> {
    return this.#ask(async (tools) => {
      const text = await tools.print(bytes);
      return tools.parse(
        text.replaceAll(INTERFACE_NAME, (_, name: string) => `"root:component/${localName(name)}"`),
      );
    });
  }

  /** Makes a component of a world. Its functions trap. */
  async componentOf(witSource: string, world: string): Promise<ReferenceAnswer<Uint8Array>> {
    return this.#ask(async (tools) =>
      tools.componentNew(await tools.componentEmbed({ witSource, world, dummy: true })),
    );
  }

  /** Makes a component of a world. Its functions return zeros: empty lists, first cases and the like. */
  async answeringComponentOf(witSource: string, world: string): Promise<ReferenceAnswer<Uint8Array>> {
    return this.#ask(async (tools) => {
      const core = await tools.componentEmbed({ witSource, world, dummy: true });
      return tools.componentNew(answeringModule(new Uint8Array(core)));
    });
  }

  /** Returns the type of a world as the bytes of a `componenttype`. */
  async worldType(witSource: string, world: string): Promise<ReferenceAnswer<Uint8Array>> {
    return this.#ask(async (tools) => {
      const core = await tools.componentEmbed({ witSource, world, dummy: true });
      const section = typeSection(new Uint8Array(core));
      const [outer] = decode(section).definitions;
      if (outer?.tag !== 'type' || outer.type.tag !== 'component')
        throw new Error('the section with the type of the world does not contain a type');
      const at = outer.type.declarations.findIndex(({ tag }) => tag === 'type');
      const [type, next] = [outer.type.declarations[at], outer.type.declarations[at + 1]];
      return section.slice((type?.offset ?? 0) + 1, next?.offset);
    });
  }

  async #ask<T>(question: (tools: WasmTools) => Promise<T>): Promise<ReferenceAnswer<T>> {
    this.#tools ??= await freshWasmTools();
    try {
      return { tag: 'accepted', value: await question(this.#tools) };
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        // After a panic the instance's memory is in an undefined state, so the next question gets a new instance.
        this.#tools = undefined;
        return { tag: 'panicked', message: error.message };
      }
      const { payload, message } = Object(error) as { payload?: unknown; message?: unknown };
      return { tag: 'rejected', message: String(payload ?? message ?? error) };
    }
  }
}

const INTERFACE_NAME = /"((?:[a-z\d-]+:)+[A-Za-z\d-]+\/[A-Za-z\d-]+(?:@[\w.+-]+)?)"/gu;

function localName(name: string): string {
  return name
    .replaceAll(/[:/@.+_]/gu, '-')
    .replaceAll(/-+/gu, '-')
    .replaceAll(/-([A-Z])(?=[a-z])/gu, '-x$1');
}

const CUSTOM_SECTION = 0;

/** Returns the content of the custom section that `componentEmbed` adds to a core module. */
function typeSection(core: Uint8Array<ArrayBuffer>): Uint8Array {
  for (const { id, content } of wasmSections(core)) {
    if (id !== CUSTOM_SECTION) continue;
    const length = readUnsignedLeb128(content, 0);
    const end = length.end + length.value;
    const name = new TextDecoder().decode(content.subarray(length.end, end));
    if (name.startsWith('component-type')) return content.slice(end);
  }
  throw new Error('the core module has no section with the type of its world');
}
