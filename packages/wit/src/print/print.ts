import { withoutPrototype } from '@wit-ts/model';
import { idText, type Package, type Resolve, type World } from '@wit-ts/model';
import { preamble } from './preamble.ts';
import { afterUsed } from './implied-interfaces.ts';
import { printInterface } from './interface.ts';
import { block, type Lines } from './lines.ts';
import { orderParts, type PackagePart } from './order-parts.ts';
import type { Printer } from './printer.ts';
import { reachableInterfaces } from './reachable-interfaces.ts';
import { printWorld } from './world.ts';

/** The options of `print`. */
export interface PrintOptions {
  /** Whether to print documentation; true by default. */
  readonly docs?: boolean;
  /**
   * Whether the other packages follow as `package ns:name { … }`, so that the text is complete: all packages of the
   * resolve after a package, and the packages that the world needs after a world. Worlds of components then show the
   * imports that their text implies, and have functions before interfaces.
   */
  readonly nested?: boolean;
}

/**
 * Prints a resolved package, or one world of it with the interfaces that it needs, as WIT (`WIT.md`, "Package format")
 * in the style of the reference's `component wit`. Resolving the text again gives the same contract. With `nested`,
 * printing that contract gives the same text.
 *
 * Components can have items that WIT cannot express. The text shows an exported resource as a comment, and a type that
 * is used outside of its interface by its name alone, so it may not resolve.
 *
 * Throws a `RangeError` if WIT cannot express the contract at all: types that are too large, or gates with malformed
 * versions.
 */
export function print(resolve: Resolve, what: Package | World, options: PrintOptions = {}): string {
  const own: PrintOptions = withoutPrototype(options);
  const printer = printerOf(resolve, own, own.nested ?? false);
  const { main, parts } = partsOf(resolve, what);
  const lines = [...packageFile(main, printer)];
  if (own.nested === true)
    parts.forEach((part, i) => lines.push(...(i === 0 ? [] : ['', '']), ...nested(part, printer)));
  return `${lines.join('\n')}\n`;
}

/** A package as the text of a `.wit` file. */
export interface PrintedPackage {
  readonly package: Package;
  readonly text: string;
}

/**
 * Prints each package as a separate text: first the main package, then those that `nested` of `print` adds. Together
 * they are a package directory with `deps/`.
 *
 * Throws like `print`.
 */
export function printPackages(
  resolve: Resolve,
  what: Package | World,
  options: Omit<PrintOptions, 'nested'> = {},
): PrintedPackage[] {
  const printer = printerOf(resolve, options, true);
  const { main, parts } = partsOf(resolve, what);
  return [main, ...parts].map((part) => ({
    package: part.pkg,
    text: `${packageFile(part, printer).join('\n')}\n`,
  }));
}

function printerOf(resolve: Resolve, options: PrintOptions, isComplete: boolean): Printer {
  return { resolve, docs: withoutPrototype(options).docs ?? true, isComplete };
}

function partsOf(resolve: Resolve, what: Package | World): PrintedPackages {
  return 'imports' in what ? worldParts(resolve, what) : packageParts(resolve, what);
}

interface PrintedPackages {
  readonly main: PackagePart;
  readonly parts: readonly PackagePart[];
}

function packageParts(resolve: Resolve, main: Package): PrintedPackages {
  const all = resolve.packages.map(wholePackage);
  return mainFirst(all, main);
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
  const all = resolve.packages.map(some);
  return mainFirst(
    all.filter((part) => part.pkg === main || part.interfaces.length > 0),
    main,
  );
}

function mainFirst(all: readonly PackagePart[], main: Package): PrintedPackages {
  const parts = orderParts(all).filter(({ pkg }) => pkg !== main);
  return { main: all.find(({ pkg }) => pkg === main) ?? wholePackage(main), parts };
}

function packageFile(part: PackagePart, printer: Printer): Lines {
  return [...header(part.pkg, printer, ';'), '', ...contents(part, printer, [''])];
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
  const interfaces = printer.isComplete ? afterUsed(part.interfaces) : part.interfaces;
  return [
    ...interfaces.flatMap(([name, iface]) => [...printInterface(name, iface, printer), ...gap]),
    ...part.worlds.flatMap(([name, world]) => printWorld(name, world, printer)),
  ];
}
