import { idText, type Interface, type Package, type Resolve, type World } from '@wit-ts/model';
import { preamble } from './preamble.ts';
import { printInterface } from './interface.ts';
import { block, type Lines } from './lines.ts';
import type { Printer } from './printer.ts';
import { reachableInterfaces } from './reachable-interfaces.ts';
import { printWorld } from './world.ts';

export interface PrintOptions {
  /** Whether to print documentation; true by default. */
  readonly docs?: boolean;
  /**
   * Whether the other packages follow as `package ns:name { … }`, so that the text is complete: all packages of the
   * resolve after a package, and the packages that the world needs after a world.
   */
  readonly nested?: boolean;
}

/**
 * Prints a resolved package, or one world of it with the interfaces that it needs, as WIT (`WIT.md`, "Package format")
 * in the style of the reference's `component wit`. Resolving the text again gives the same contract.
 *
 * Throws a `RangeError` if WIT cannot express the contract: types that are too large, or gates with malformed
 * versions. Neither can come from WIT, but a component can contain them.
 */
export function print(resolve: Resolve, what: Package | World, options: PrintOptions = {}): string {
  const printer: Printer = { resolve, docs: options.docs ?? true };
  const { main, parts } = 'imports' in what ? worldParts(resolve, what) : packageParts(resolve, what);
  const lines = [...header(main.pkg, printer, ';'), '', ...contents(main, printer, [''])];
  if (options.nested === true)
    parts.forEach((part, i) => lines.push(...(i === 0 ? [] : ['', '']), ...nested(part, printer)));
  return `${lines.join('\n')}\n`;
}

/** The part of a package that is printed. */
interface PackagePart {
  readonly pkg: Package;
  readonly interfaces: readonly (readonly [string, Interface])[];
  readonly worlds: readonly (readonly [string, World])[];
}

interface PrintedPackages {
  readonly main: PackagePart;
  readonly parts: readonly PackagePart[];
}

function packageParts(resolve: Resolve, main: Package): PrintedPackages {
  return {
    main: wholePackage(main),
    parts: resolve.packages.filter((pkg) => pkg !== main).map(wholePackage),
  };
}

function wholePackage(pkg: Package): PackagePart {
  return { pkg, interfaces: [...pkg.interfaces], worlds: [...pkg.worlds] };
}

function worldParts(resolve: Resolve, world: World): PrintedPackages {
  const main = world.package;
  if (main === undefined)
    throw new TypeError(`world \`${world.name}\` belongs to no package, so it cannot be printed as WIT`);
  const reached = reachableInterfaces(world);
  const some = (pkg: Package): PackagePart => ({
    pkg,
    interfaces: [...pkg.interfaces].filter(([, iface]) => reached.has(iface)),
    worlds: pkg === main ? [[world.name, world]] : [],
  });
  const others = resolve.packages.filter((pkg) => pkg !== main).map(some);
  return { main: some(main), parts: others.filter((part) => part.interfaces.length > 0) };
}

function nested(part: PackagePart, printer: Printer): Lines {
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

/**
 * @param gap the lines after each interface: the reference leaves a blank line at the top level and none inside a
 * package
 */
function contents(part: PackagePart, printer: Printer, gap: Lines): Lines {
  return [
    ...part.interfaces.flatMap(([name, iface]) => [...printInterface(name, iface, printer), ...gap]),
    ...part.worlds.flatMap(([name, world]) => printWorld(name, world, printer)),
  ];
}
