import { freshWasmTools, type WasmTools } from '@wit-ts/dev-peers';

export type Verdict =
  | { readonly tag: 'accepted' }
  | { readonly tag: 'rejected'; readonly message: string }
  /** The reference broke: it says nothing about the text. */
  | { readonly tag: 'panicked'; readonly message: string };

/** The reference implementation, from jco: reads a text, encodes a world of it, and reads that again. */
export class Reference {
  #tools: WasmTools | undefined;

  async judge(witSource: string, world: string | undefined): Promise<Verdict> {
    this.#tools ??= await freshWasmTools();
    try {
      // The tools' declarations, which are ours, leave the features out.
      const features = { tag: 'all' };
      const options = { witSource, dummy: true, features, ...(world === undefined ? {} : { world }) };
      const core = await this.#tools.componentEmbed(options);
      await this.#tools.componentNew(core);
      return { tag: 'accepted' };
    } catch (error) {
      const { payload, message } = Object(error) as { payload?: unknown; message?: unknown };
      if (!(error instanceof WebAssembly.RuntimeError)) {
        return { tag: 'rejected', message: String(payload ?? message ?? error) };
      }
      // Its memory is in no state to go on with.
      this.#tools = undefined;
      return { tag: 'panicked', message: error.message };
    }
  }
}
