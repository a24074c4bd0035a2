import { idText, type Interface, type Package, type Resolve, type World } from '@wit-ts/model';
import { preamble } from './preamble.ts';
import { printInterface } from './interface.ts';
import { block, type Lines } from './lines.ts';
import type { Printer } from './printer.ts';
import { reach } from './reachable-interfaces.ts';
import { printWorld } from './world.ts';

export interface PrintOptions {
  /** Whether to print documentation; it is by default. */
  readonly docs?: boolean;
  /**
   * Whether the other packages follow as `package ns:name { … }`, so that the text stands alone: all of the resolve's
   * after a package, those that it reaches after a world.
   */
  readonly nested?: boolean;
}

/**
 * A resolved package, or one world of it with the interfaces that it reaches, as WIT (`WIT.md`, "Package format"), in
 * the style of the reference's `component wit`. Resolving the text again gives the same contract.
 *
 * Throws a `RangeError` for what no WIT can say: types that are too large, gates with malformed versions. Neither comes
 * from WIT, but a component can hold it.
 */
export function print(resolve: Resolve, what: Package | World, options: PrintOptions = {}): string {
  const printer: Printer = { resolve, docs: options.docs ?? true };
  const { main, parts } = 'imports' in what ? worldParts(resolve, what) : packageParts(resolve, what);
  const lines = [...header(main.pkg, printer, ';'), '', ...contents(main, printer, [''])];
  if (options.nested === true)
    parts.forEach((part, i) => lines.push(...(i === 0 ? [] : ['', '']), ...nested(part, printer)));
  return `${lines.join('\n')}\n`;
}

/** What is to be printed of a package. */
interface Part {
  readonly pkg: Package;
  readonly interfaces: readonly (readonly [string, Interface])[];
  readonly worlds: readonly (readonly [string, World])[];
}

interface Parts {
  readonly main: Part;
  readonly parts: readonly Part[];
}

function packageParts(resolve: Resolve, main: Package): Parts {
  return { main: whole(main), parts: resolve.packages.filter((pkg) => pkg !== main).map(whole) };
}

function whole(pkg: Package): Part {
  return { pkg, interfaces: [...pkg.interfaces], worlds: [...pkg.worlds] };
}

function worldParts(resolve: Resolve, world: World): Parts {
  const main = world.package;
  if (main === undefined)
    throw new TypeError(`world \`${world.name}\` belongs to no package, so it cannot be printed as WIT`);
  const reached = reach(world);
  const some = (pkg: Package): Part => ({
    pkg,
    interfaces: [...pkg.interfaces].filter(([, iface]) => reached.has(iface)),
    worlds: pkg === main ? [[world.name, world]] : [],
  });
  const others = resolve.packages.filter((pkg) => pkg !== main).map(some);
  return { main: some(main), parts: others.filter((part) => part.interfaces.length > 0) };
}

function nested(part: Part, printer: Printer): Lines {
  const head = header(part.pkg, printer, '');
  return [...head.slice(0, -1), ...block(head.at(-1)!, contents(part, printer, []))];
}

function header(pkg: Package, printer: Printer, end: string): Lines {
  const { namespace, name, version } = pkg.name;
  const at = version === undefined ? '' : `@${version}`;
  return [
    ...preamble({ docs: pkg.docs }, printer),
    `package ${idText(namespace)}:${idText(name)}${at}${end}`,
  ];
}

/** @param gap what follows each interface: the reference leaves a line blank at the top level, and none within */
function contents(part: Part, printer: Printer, gap: Lines): Lines {
  return [
    ...part.interfaces.flatMap(([name, iface]) => [...printInterface(name, iface, printer), ...gap]),
    ...part.worlds.flatMap(([name, world]) => printWorld(name, world, printer)),
  ];
}
