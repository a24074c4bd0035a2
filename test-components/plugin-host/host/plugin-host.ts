import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, ComponentError, Fuel, type Component } from '@wit-ts/runtime';
import { instantiateWithGrants, type InstanceWithGrants } from '@wit-ts/wasi/run';

type Plugin = InstanceWithGrants<{ call(text: string): string }> & { component: Component; fuel: Fuel };

/** The most memory of a plugin in bytes, and the most operators of WebAssembly that it executes for one call. */
const LIMITS = { memoryBytes: 16 * 2 ** 20, fuelOfCall: 50_000_000 };

/** Runs plugins that nobody has reviewed. Each sees one directory of its own, and nothing else of the host. */
export class PluginHost {
  readonly #plugins = new Map<string, Plugin>();
  readonly #directory: string;

  /** @param directory where the directories of the plugins are, by their names */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Starts a plugin, in place of one that has the name already. Its files stay. */
  async load(name: string, source: Uint8Array | Component): Promise<void> {
    if (!/^[a-z][a-z0-9-]*$/u.test(name)) throw new TypeError(`not the name of a plugin: ${name}`);
    const host = join(this.#directory, name);
    await mkdir(host, { recursive: true });
    const limits = { memoryBytes: LIMITS.memoryBytes, fuel: new Fuel(LIMITS.fuelOfCall) };
    const component = source instanceof Uint8Array ? await compile(source, { limits }) : source;
    const dirs = [{ host, guest: '/', write: true }];
    const started = await instantiateWithGrants<Plugin['exports']>(component, { dirs }, { limits });
    this.#plugins.get(name)?.close();
    this.#plugins.set(name, { ...started, component, fuel: limits.fuel });
  }

  /**
   * Calls a plugin. One that traps, uses up its work, or ends itself is started anew for the next call.
   *
   * @throws ComponentError with what the plugin says when it cannot do it, and Trap when it was stopped
   */
  async call(name: string, text: string): Promise<string> {
    const plugin = this.#plugins.get(name);
    if (plugin === undefined) throw new TypeError(`no plugin is named ${name}`);
    plugin.fuel.add(LIMITS.fuelOfCall - (plugin.fuel.limit - plugin.fuel.used));
    try {
      return await plugin.exports.call(text);
    } catch (error) {
      if (!(error instanceof ComponentError)) await this.load(name, plugin.component);
      throw error;
    }
  }

  close(): void {
    for (const plugin of this.#plugins.values()) plugin.close();
    this.#plugins.clear();
  }
}
